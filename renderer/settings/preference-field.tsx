import { NumberInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useId, useState } from 'react';
import { type NumberPreference, PREFERENCE_LIMITS } from '../../preload/contract.ts';
import { PreferenceRow } from './preference-row.tsx';
import { useKeepPreferences, usePreferences } from './use-preferences.ts';

interface Props {
  readonly name: NumberPreference;
  readonly label: string;
  readonly unit: string;
  readonly description: string;
}

/** From the last key press until a number is kept. */
const PAUSE = 400;

/** One preference that is a number. It is kept as soon as the typing pauses. */
export function PreferenceField({ name, label, unit, description }: Props) {
  const field = useId();
  const about = useId();
  const preferences = usePreferences();
  const keepPreferences = useKeepPreferences();
  const [typed, setTyped] = useState<number | string | null>(null);
  const { least, most } = PREFERENCE_LIMITS[name];
  const isAllowed = (value: number | string) =>
    value !== '' && Number.isInteger(Number(value)) && Number(value) >= least && Number(value) <= most;
  const wrong = typed !== null && !isAllowed(typed);

  const keep = useDebouncedCallback(
    async (next: number) => {
      await keepPreferences({ [name]: next }, `${label} ${next} ${unit} is kept.`);
      setTyped(null);
    },
    { delay: PAUSE, flushOnUnmount: true },
  );

  return (
    <PreferenceRow
      label={label}
      field={field}
      about={about}
      description={wrong ? `Give a whole number from ${least} to ${most}.` : description}
      wrong={wrong}
    >
      <NumberInput
        id={field}
        aria-describedby={about}
        w={80}
        min={least}
        max={most}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        value={typed ?? preferences[name]}
        error={wrong}
        onChange={next => {
          setTyped(next);
          if (isAllowed(next)) keep(Number(next));
          else keep.cancel();
        }}
      />
      <label htmlFor={field}>{unit}</label>
    </PreferenceRow>
  );
}
