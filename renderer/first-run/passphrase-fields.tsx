import { Alert, Group, PasswordInput, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { FirstRunValues } from './first-run-form.ts';

/** Asks for a new passphrase, twice, and says why there must be one. */
export function PassphraseFields({
  form,
  reason,
}: {
  form: UseFormReturnType<FirstRunValues>;
  reason: string;
}) {
  return (
    <Stack gap="xs">
      <Alert color="accent" variant="light" p="xs">
        <Text size="sm">
          {reason} Keysmith will keep its master key in a file that a passphrase protects instead.
        </Text>
      </Alert>
      <Group grow align="start" gap="sm">
        <PasswordInput
          label="Passphrase"
          description="Asked for at every start. It cannot be recovered."
          autoComplete="new-password"
          {...form.getInputProps('passphrase')}
        />
        <PasswordInput
          label="Passphrase again"
          description="To be sure that it was typed as meant."
          autoComplete="new-password"
          {...form.getInputProps('again')}
        />
      </Group>
    </Stack>
  );
}
