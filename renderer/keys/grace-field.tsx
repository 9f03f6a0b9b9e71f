import { Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { GRACE } from '../../preload/contract.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { useNow } from '../ui/use-now.ts';
import { durationWords } from './expiry-choice.ts';
import { type GraceValue, graceEnd, graceProblem, graceWords } from './grace-choice.ts';

interface Props {
  readonly value: GraceValue;
  readonly error?: string | undefined;
  readonly onChange: (value: GraceValue) => void;
}

/** How long the old secret stays valid beside the new one. */
export function GraceField({ value, error, onChange }: Props) {
  const now = Math.floor(useNow(20_000) / 1000);
  const textId = useId();
  const custom = value.choice === 'custom';
  const change = (part: Partial<GraceValue>) => onChange({ ...value, ...part });
  return (
    <Stack gap={6}>
      <Group gap="xs" align="end" wrap="nowrap">
        <NativeSelect
          label="Grace period of the old secret"
          data-autofocus
          data={[
            ...GRACE.choices.map(choice => ({ value: choice, label: graceWords(choice) })),
            { value: 'custom', label: 'Custom…' },
          ]}
          value={value.choice}
          error={custom ? undefined : error}
          aria-describedby={textId}
          onChange={event => change({ choice: event.currentTarget.value })}
          w={240}
        />
        {custom && (
          <>
            <NumberInput
              aria-label="Length of the grace period"
              clampBehavior="none"
              min={1}
              value={value.count}
              error={error !== undefined}
              aria-describedby={textId}
              onChange={count => change({ count })}
              w={90}
            />
            <NativeSelect
              aria-label="Unit of the grace period"
              data={['hours', 'days']}
              value={value.unit}
              onChange={event => change({ unit: event.currentTarget.value === 'hours' ? 'hours' : 'days' })}
              w={90}
            />
          </>
        )}
      </Group>
      {custom && error && (
        <Text size="sm" c="var(--ks-bad)" role="alert">
          {error}
        </Text>
      )}
      <Text size="xs" c="dimmed" id={textId} aria-live="polite">
        {graceText(value, now)}
        {custom && ` At most ${durationWords(GRACE.max)}.`}
      </Text>
    </Stack>
  );
}

function graceText(value: GraceValue, now: number): string {
  if (graceProblem(value, now) !== null) return '';
  const end = graceEnd(value, now);
  if (end === null) return 'The old secret is refused from the next bundle on.';
  return `The old secret stays valid until ${formatDateTime(end)} (${relativeAge(end, now * 1000)}).`;
}
