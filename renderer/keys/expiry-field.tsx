import { Group, NativeSelect, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { latestExpiry, type Policy, resolveExpiry } from '../../preload/contract.ts';
import { formatDate, formatDateTime, relativeAge } from '../ui/dates.ts';
import { useNow } from '../ui/use-now.ts';
import {
  allowedChoices,
  durationWords,
  type ExpiryValue,
  expiryProblem,
  expiryRule,
  neverAllowed,
  toExpires,
} from './expiry-choice.ts';
import { ExpiryDate } from './expiry-date.tsx';

interface Props {
  readonly policy: Policy;
  readonly value: ExpiryValue;
  readonly error?: string | undefined;
  /** The expiry of the key that is edited; absent for a new key. */
  readonly current?: number | null | undefined;
  readonly onChange: (value: ExpiryValue) => void;
}

/** When a key expires: what its service offers, or days or a date of the admin's own. */
export function ExpiryField({ policy, value, error, current, onChange }: Props) {
  const nowMs = useNow(20_000);
  const ruleId = useId();
  const now = Math.floor(nowMs / 1000);
  const latest = latestExpiry(policy, now);
  const rule = expiryRule(policy, latest);
  const options = [
    ...(current === undefined
      ? []
      : [{ value: 'keep', label: current === null ? 'Keep: never' : `Keep: ${formatDate(current)}` }]),
    ...allowedChoices(policy, now).map(choice => ({ value: choice, label: durationWords(choice) })),
    { value: 'custom', label: 'Custom…' },
    ...(neverAllowed(policy) ? [{ value: 'never', label: 'Never' }] : []),
  ];
  const change = (part: Partial<ExpiryValue>) => onChange({ ...value, ...part });
  const custom = value.choice === 'custom';

  return (
    <Stack gap={6}>
      <Group gap="xs" align="end" wrap="nowrap">
        <NativeSelect
          label="Expires"
          data={options}
          value={value.choice}
          error={custom ? undefined : error}
          aria-describedby={ruleId}
          onChange={event => change({ choice: event.currentTarget.value })}
          w={190}
        />
        {custom && (
          <SegmentedControl
            size="xs"
            aria-label="Custom expiry as"
            data={[
              { value: 'days', label: 'Days' },
              { value: 'date', label: 'Date' },
            ]}
            value={value.unit}
            onChange={unit => change({ unit: unit === 'date' ? 'date' : 'days' })}
          />
        )}
        {custom && value.unit === 'days' && (
          <NumberInput
            aria-label="Days until it expires"
            // What is typed is judged as it stands: a point or a sign that were dropped would make another number of it.
            clampBehavior="none"
            min={1}
            value={value.days}
            error={error !== undefined}
            onChange={days => change({ days })}
            w={110}
          />
        )}
        {custom && value.unit === 'date' && (
          <ExpiryDate
            value={value.date}
            now={nowMs}
            latest={latest}
            invalid={error !== undefined}
            onChange={date => change({ date })}
          />
        )}
      </Group>
      {custom && error && (
        <Text size="sm" c="var(--ks-bad)" role="alert">
          {error}
        </Text>
      )}
      <Text size="xs" c="dimmed" id={ruleId} aria-live="polite">
        {expiryText(value, policy, now, current)} {rule}
      </Text>
    </Stack>
  );
}

/** The live text: when a key made now would expire. */
function expiryText(value: ExpiryValue, policy: Policy, now: number, current: number | null | undefined) {
  if (expiryProblem(value, policy, now) !== null) return '';
  const expires = toExpires(value);
  const at = expires === undefined ? (current ?? null) : resolveExpiry(expires, policy, now);
  if (at === null) return 'The key never expires.';
  return `The key expires on ${formatDateTime(at)} (${relativeAge(at, now * 1000)}).`;
}
