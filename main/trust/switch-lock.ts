import { KeysmithError } from '../keys/errors.ts';
import { requireRight } from '../keys/rights.ts';
import { asTheyAre } from './begin-generation.ts';
import { requireOwnPassphrase } from './own-passphrase.ts';
import { requireStrongPassphrase } from './passphrase-strength.ts';
import { requireLockOff } from './require-lock.ts';
import type { InstallationPorts, Session } from './session.ts';
import { startGeneration } from './start-generation.ts';
import { stretch } from './wrapping.ts';

/**
 * Lets nobody open the installation without a passphrase any more.
 *
 * @param passphrase the owner's own, chosen now
 * @returns the session that goes on
 * @throws NOT_ALLOWED, LOCK_STATE when it is on, PASSPHRASE_WEAK, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export async function switchLockOn(
  session: Session,
  ports: InstallationPorts,
  passphrase: string,
): Promise<Session> {
  const { store, actor } = session;
  requireRight(actor, 'installation.lock-on');
  const installation = store.installation();
  requireLockOff(installation);
  await requireStrongPassphrase(passphrase, [actor.name, installation.name]);
  return startGeneration(session, ports, {
    action: 'installation.lock-on',
    lockEnabled: true,
    operators: asTheyAre(session),
    stretched: new Map([[actor.name, await stretch(passphrase, { logN: ports.scryptLogN })]]),
  });
}

/**
 * Puts the secrets back into the vault: the account of the system is the guard again. Only where there is one operator.
 *
 * @param passphrase the owner's own, which is the vault's from then on where there is no keychain
 * @returns the session that goes on
 * @throws NOT_ALLOWED, LOCK_STATE when it is off or there are others, PASSPHRASE_WRONG, OPERATOR_CHANGED, TAMPERED,
 *   VAULT_*, STORE_*
 */
export async function switchLockOff(
  session: Session,
  ports: InstallationPorts,
  passphrase: string,
): Promise<Session> {
  requireRight(session.actor, 'installation.lock-off');
  if (!session.store.installation().lockEnabled) {
    throw new KeysmithError('LOCK_STATE', 'The lock is off already. Nothing was changed.');
  }
  const operators = asTheyAre(session);
  const others = operators.filter(({ name, removed }) => !removed && name !== session.actor.name);
  if (others.length > 0) {
    throw new KeysmithError(
      'LOCK_STATE',
      `The lock stays on while there are several operators: only passphrases tell them apart. Besides you there ${others.length === 1 ? 'is' : 'are'} ${others.map(({ name }) => name).join(', ')}. Nothing was changed.`,
    );
  }
  await requireOwnPassphrase(session, ports, passphrase);
  return startGeneration(session, ports, {
    action: 'installation.lock-off',
    lockEnabled: false,
    // Not those from above: wrong tries before the right one are written into the operator's row by now.
    operators: asTheyAre(session),
    stretched: new Map(),
    vaultPassphrase: passphrase,
  });
}
