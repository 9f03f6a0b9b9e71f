import { Group, NativeSelect, NumberInput, Text } from '@mantine/core';
import { useId } from 'react';
import { BUNDLE_VALIDITY, resolveValidity } from '../../preload/contract.ts';
import { durationWords } from '../keys/expiry-choice.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { useNow } from '../ui/use-now.ts';
import { toValidFor, type ValidityValue, validityProblem } from './validity-choice.ts';

interface Props {
  readonly value: ValidityValue;
  readonly onChange: (value: ValidityValue) => void;
}

/** How long services may use a bundle. */
export function ValidityField({ value, onChange }: Props) {
  const now = Math.floor(useNow(20_000) / 1000);
  const textId = useId();
  const problem = validityProblem(value, now);
  const change = (part: Partial<ValidityValue>) => onChange({ ...value, ...part });
  return (
    <div>
      <Group gap="xs" align="end" wrap="nowrap">
        <NativeSelect
          label="Valid for"
          data={[
            ...BUNDLE_VALIDITY.choices.map(choice => ({ value: choice, label: durationWords(choice) })),
            { value: 'custom', label: 'Custom…' },
          ]}
          value={value.choice}
          aria-describedby={textId}
          onChange={event => change({ choice: event.currentTarget.value })}
          w={130}
        />
        {value.choice === 'custom' && (
          <>
            <NumberInput
              aria-label="Length of the validity"
              clampBehavior="none"
              min={1}
              value={value.count}
              error={problem !== null}
              aria-describedby={textId}
              onChange={count => change({ count })}
              w={80}
            />
            <NativeSelect
              aria-label="Unit of the validity"
              data={['hours', 'days']}
              value={value.unit}
              onChange={event => change({ unit: event.currentTarget.value === 'hours' ? 'hours' : 'days' })}
              w={84}
            />
          </>
        )}
      </Group>
      <Text size="sm" c={problem === null ? 'dimmed' : 'var(--ks-bad)'} mt={4} id={textId} aria-live="polite">
        {problem ?? untilWords(resolveValidity(toValidFor(value), now), now)}
      </Text>
    </div>
  );
}

function untilWords(end: number, now: number): string {
  return `Services may use it until ${formatDateTime(end)} (${relativeAge(end, now * 1000)}).`;
}
