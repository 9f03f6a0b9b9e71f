import { KeysmithError } from '../keys/errors.ts';
import { requireOwnPassphrase } from './own-passphrase.ts';
import { requireStrongPassphrase } from './passphrase-strength.ts';
import { rewrapOneself } from './rewrap-oneself.ts';
import type { InstallationPorts, Session } from './session.ts';

/**
 * Gives the operator of the session another passphrase. A copy of the database from before still opens with the old
 * one, until an owner begins a new generation.
 *
 * @throws LOCK_STATE while the lock is off, PASSPHRASE_WRONG, UNLOCK_TOO_SOON, PASSPHRASE_WEAK, OPERATOR_CHANGED,
 *   TAMPERED, STORE_*
 */
export async function changeOwnPassphrase(
  session: Session,
  ports: InstallationPorts,
  { passphrase, newPassphrase }: { readonly passphrase: string; readonly newPassphrase: string },
): Promise<void> {
  const installation = session.store.installation();
  if (!installation.lockEnabled) {
    throw new KeysmithError(
      'LOCK_STATE',
      'The lock is off: operators have no passphrases. Switch it on to choose one.',
    );
  }
  await requireOwnPassphrase(session, ports, passphrase);
  await requireStrongPassphrase(newPassphrase, [session.actor.name, installation.name]);
  await rewrapOneself(session, ports, newPassphrase, 'operator.change-passphrase');
}
