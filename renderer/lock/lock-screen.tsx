import { NativeSelect, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AppState } from '../../preload/contract.ts';
import { useAppChange } from '../first-run/use-app-change.ts';
import { WelcomePage } from '../first-run/welcome-page.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { WorkButton } from '../ui/work-button.tsx';
import { useWait } from './use-wait.ts';

/** Nothing of keys: who is there, and the passphrase that lets them in. */
export function LockScreen({ state }: { state: Extract<AppState, { kind: 'locked' }> }) {
  const { operators, last, failure } = state;
  const [operator, setOperator] = useState(
    () => operators.find(({ name }) => name === last)?.name ?? operators[0]?.name ?? '',
  );
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { working, problem, run, clear } = useAppChange();
  const wait = useWait(state, operator);
  const answered = tried === operator && passphrase === '' && !working;
  const refusal = answered && failure !== null ? failure.message : null;

  // The button that had the focus is disabled while it works, and lets go of it.
  useEffect(() => {
    if (!working) field.current?.focus();
  }, [working]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (passphrase === '' || wait.left > 0) return;
    const given = passphrase;
    setPassphrase('');
    setTried(operator);
    run(() => window.keysmith.app.unlock({ operator, passphrase: given }));
  }

  return (
    <WelcomePage title={`Unlock ${state.installation}`} width={400}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {operators.length > 1 && (
            <NativeSelect
              label="Operator"
              data={operators.map(({ name }) => name)}
              value={operator}
              onChange={event => {
                setOperator(event.currentTarget.value);
                clear();
              }}
            />
          )}
          <PasswordInput
            ref={field}
            label={operators.length > 1 ? 'Passphrase' : `Passphrase of ${operator}`}
            autoFocus
            autoComplete="current-password"
            value={passphrase}
            error={wait.over ? null : refusal}
            errorProps={{ role: 'alert' }}
            onChange={event => {
              setPassphrase(event.currentTarget.value);
              clear();
            }}
          />
          <ProblemAlert problem={problem} />
          <div>
            <WorkButton
              type="submit"
              working={working}
              disabled={passphrase === '' || wait.left > 0}
              size="sm"
            >
              Unlock
            </WorkButton>
            <Text component="span" size="sm" c="dimmed" ml="sm" role="status">
              {wait.left > 0 && (
                <>
                  <span aria-hidden>Next try in {wait.left} s</span>
                  <span className="unseen">Wait before the next try.</span>
                </>
              )}
              {wait.over && 'You can try again now.'}
            </Text>
          </div>
        </Stack>
      </form>
    </WelcomePage>
  );
}
