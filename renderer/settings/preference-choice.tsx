import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { PreferenceRow } from './preference-row.tsx';

interface Props {
  readonly label: string;
  readonly description?: string | undefined;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** @param words the choice as it is called */
  readonly onChange: (value: string, words: string) => void;
}

/** One preference that is a choice. It is kept at once. */
export function PreferenceChoice({ label, description, value, choices, onChange }: Props) {
  const field = useId();
  const about = useId();
  return (
    <PreferenceRow label={label} field={field} about={about} description={description}>
      <NativeSelect
        id={field}
        aria-describedby={about}
        maw={420}
        data={[...choices]}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = choices.find(choice => choice.value === currentTarget.value);
          if (chosen) onChange(chosen.value, `${label}: ${chosen.label}.`);
        }}
      />
    </PreferenceRow>
  );
}
