import { Button } from '@mantine/core';
import type { AppState } from '../../preload/contract.ts';
import { lockNow } from '../lock/lock-now.ts';
import type { OperatorRequest } from '../operators/operator-request.ts';
import { useRights } from '../ui/use-rights.ts';
import { PreferenceField } from './preference-field.tsx';
import classes from './settings.module.css';

interface Props {
  readonly app: Extract<AppState, { kind: 'ready' }>;
  /** Whether there is no other operator. */
  readonly alone: boolean;
  readonly onRequest: (request: OperatorRequest) => void;
}

/** Whether the lock is on, and what can be done about it. */
export function LockCard({ app: { lockEnabled, installation }, alone, onRequest }: Props) {
  const rights = useRights();
  return (
    <div className={classes.card}>
      <div className={classes.part}>
        <p className={classes.sentence}>
          {lockEnabled ? (
            <>
              <strong>The lock is on.</strong> Everyone opens Keysmith with a passphrase of their own.
              {!alone && ' It stays on while there are several operators: only passphrases tell them apart.'}
            </>
          ) : (
            <>
              <strong>The lock is off.</strong>{' '}
              {installation.vault === 'keychain'
                ? 'Whoever uses your account on this machine opens Keysmith.'
                : 'Keysmith asks for the vault’s passphrase when it starts, and does not lock in between.'}
            </>
          )}
        </p>
        <div className={classes.buttons}>
          {lockEnabled && (
            <>
              <Button variant="default" onClick={lockNow}>
                Lock now
              </Button>
              <Button variant="default" onClick={() => onRequest({ kind: 'change-passphrase' })}>
                Change my passphrase…
              </Button>
            </>
          )}
          {lockEnabled && alone && rights.may('installation.lock-off') && (
            <Button variant="default" onClick={() => onRequest({ kind: 'lock-off' })}>
              Switch the lock off…
            </Button>
          )}
          {!lockEnabled && rights.may('installation.lock-on') && (
            <Button variant="default" onClick={() => onRequest({ kind: 'lock-on' })}>
              Switch the lock on…
            </Button>
          )}
        </div>
      </div>
      <div className={classes.part}>
        <PreferenceField
          name="lockAfterMinutes"
          label="Lock after"
          unit="minutes"
          description={
            lockEnabled
              ? 'Without a key or the mouse being touched; 0 for never. It waits for a secret that is shown and for an export. When the machine sleeps or its screen is locked, Keysmith locks at once.'
              : 'Without a key or the mouse being touched; 0 for never. This counts once the lock is on.'
          }
        />
      </div>
    </div>
  );
}
