import { PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AppState } from '../../preload/contract.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { WorkButton } from '../ui/work-button.tsx';
import { useAppChange } from './use-app-change.ts';
import { WelcomePage } from './welcome-page.tsx';

/** Asks for the passphrase of the vault. */
export function Unlock({ state }: { state: Extract<AppState, { kind: 'passphrase' }> }) {
  const [passphrase, setPassphrase] = useState('');
  const { working, problem, run, clear } = useAppChange();
  const wrong =
    problem?.field === 'passphrase' || problem?.code === 'VAULT_PASSPHRASE_WRONG' ? problem : null;
  const refusal = wrong ?? (problem ? null : state.failure);

  function submit(event: FormEvent) {
    event.preventDefault();
    const given = passphrase;
    setPassphrase('');
    run(() => window.keysmith.app.unlock({ passphrase: given }));
  }

  return (
    <WelcomePage title={`Unlock ${state.installation}`} width={400}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            The master key of this installation is in a file that a passphrase protects.
          </Text>
          <PasswordInput
            label="Passphrase"
            autoFocus
            autoComplete="current-password"
            value={passphrase}
            error={passphrase === '' ? refusal?.message : undefined}
            onChange={event => {
              setPassphrase(event.currentTarget.value);
              clear();
            }}
          />
          <ProblemAlert problem={wrong ? null : problem} />
          <div>
            <WorkButton type="submit" working={working} disabled={passphrase === ''} size="sm">
              Unlock
            </WorkButton>
          </div>
        </Stack>
      </form>
    </WelcomePage>
  );
}
