import { Group, PasswordInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { StrengthLine } from './strength-line.tsx';
import { useStrength } from './use-strength.ts';

interface Props {
  readonly label: string;
  /** The form's bindings of the two fields. */
  readonly first: GetInputPropsReturnType;
  readonly again: GetInputPropsReturnType;
  /** Whom it is for. */
  readonly name?: string;
  readonly autoFocus?: boolean;
}

/** A passphrase that is being chosen, twice; main judges whether it is strong enough. */
export function NewPassphrase({ label, first, again, name, autoFocus = false }: Props) {
  const strength = useStrength(String(first.value), name);
  return (
    <div>
      <Group grow align="start" gap="sm">
        <PasswordInput
          label={label}
          autoComplete="new-password"
          data-autofocus={autoFocus || undefined}
          {...first}
        />
        <PasswordInput label={`${label} again`} autoComplete="new-password" {...again} />
      </Group>
      <StrengthLine strength={strength} />
    </div>
  );
}
