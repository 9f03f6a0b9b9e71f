import { Group, NumberInput, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { PREFERENCE_LIMITS, type Preferences } from '../../preload/contract.ts';
import { lastBackupQuery } from '../exchange/exchange-queries.ts';
import { announce } from '../ui/announcer.tsx';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { preferencesQuery } from './preferences-query.ts';
import classes from './settings.module.css';

interface Props {
  readonly name: keyof Preferences;
  readonly label: string;
  readonly unit: string;
  readonly description: string;
}

/** From the last key press until a number is kept. */
const PAUSE = 400;

/** One preference that is a number, 0 for never. It is kept as soon as the typing pauses. */
export function PreferenceField({ name, label, unit, description }: Props) {
  const field = useId();
  const about = useId();
  const client = useQueryClient();
  const { data: preferences } = useQuery(preferencesQuery);
  const [typed, setTyped] = useState<number | string | null>(null);
  const value = typed ?? preferences?.[name] ?? '';
  const most = PREFERENCE_LIMITS[name];
  const wrong = typed !== null && !isAllowed(typed, most);

  const keep = useDebouncedCallback(
    async (next: number) => {
      // As they are now: the other one may have been changed since.
      const kept = client.getQueryData(preferencesQuery.queryKey);
      if (!kept) return;
      try {
        const now = await call(window.keysmith.settings.keepPreferences({ ...kept, [name]: next }));
        client.setQueryData(preferencesQuery.queryKey, now);
        // What the banner says goes by it.
        void client.invalidateQueries(lastBackupQuery);
        announce(`${label} ${next} ${unit} is kept.`);
      } catch (error) {
        notifyProblem(problemOf(error));
      }
      setTyped(null);
    },
    { delay: PAUSE, flushOnUnmount: true },
  );

  return (
    <div>
      <Group gap={8}>
        <label htmlFor={field} className={classes.label}>
          {label}
        </label>
        <NumberInput
          id={field}
          aria-describedby={about}
          w={80}
          min={0}
          max={most}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          disabled={!preferences}
          value={value}
          error={wrong}
          onChange={next => {
            setTyped(next);
            if (isAllowed(next, most)) keep(Number(next));
            else keep.cancel();
          }}
        />
        <label htmlFor={field}>{unit}</label>
      </Group>
      <Text id={about} size="sm" c={wrong ? 'var(--ks-bad)' : 'dimmed'} mt={4} className={classes.sentence}>
        {wrong ? `Give a whole number from 0 to ${most}.` : description}
      </Text>
    </div>
  );
}

function isAllowed(value: number | string, most: number): boolean {
  return value !== '' && Number.isInteger(Number(value)) && Number(value) >= 0 && Number(value) <= most;
}
