import { PasswordInput, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AppState } from '../../preload/contract.ts';
import { useAppChange } from '../first-run/use-app-change.ts';
import { WelcomePage } from '../first-run/welcome-page.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { WorkButton } from '../ui/work-button.tsx';

/** Nothing of keys: who is there, and the passphrase that lets them in. */
export function LockScreen({ state }: { state: Extract<AppState, { kind: 'locked' }> }) {
  const names = state.operators.map(({ name }) => name);
  const [operator, setOperator] = useState(names[0] ?? '');
  const [passphrase, setPassphrase] = useState('');
  const { working, problem, run, clear } = useAppChange();

  function submit(event: FormEvent) {
    event.preventDefault();
    const given = passphrase;
    setPassphrase('');
    run(() => window.keysmith.app.unlock({ operator, passphrase: given }));
  }

  return (
    <WelcomePage title={`Unlock ${state.installation}`} width={400}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Select
            label="Operator"
            data={names}
            value={operator}
            allowDeselect={false}
            onChange={name => setOperator(name ?? operator)}
          />
          <PasswordInput
            label="Passphrase"
            autoFocus
            autoComplete="current-password"
            value={passphrase}
            error={passphrase === '' ? state.failure?.message : undefined}
            onChange={event => {
              setPassphrase(event.currentTarget.value);
              clear();
            }}
          />
          <ProblemAlert problem={problem} />
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
