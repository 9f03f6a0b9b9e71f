import { KeysmithError } from '../keys/errors.ts';
import { requireOwnPassphrase, requireWrapping } from './own-passphrase.ts';
import { requireStrongPassphrase } from './passphrase-strength.ts';
import type { InstallationPorts, Session } from './session.ts';
import { openingPart } from './unlock.ts';
import { stretch, wrapFor } from './wrapping.ts';

/**
 * Gives the operator of the session another passphrase. A copy of the database from before still opens with the old
 * one, until an owner begins a new generation.
 *
 * @throws LOCK_STATE while the lock is off, PASSPHRASE_WRONG, PASSPHRASE_WEAK, OPERATOR_CHANGED, TAMPERED, VAULT_*,
 *   STORE_*
 */
export async function changeOwnPassphrase(
  session: Session,
  ports: InstallationPorts,
  { passphrase, newPassphrase }: { readonly passphrase: string; readonly newPassphrase: string },
): Promise<void> {
  const { store, actor, secrets } = session;
  const installation = store.installation();
  if (!installation.lockEnabled) {
    throw new KeysmithError(
      'LOCK_STATE',
      'The lock is off: operators have no passphrases. Switch it on to choose one.',
    );
  }
  await requireOwnPassphrase(session, ports, passphrase);
  await requireStrongPassphrase(newPassphrase, [actor.name, installation.name]);
  const { operator, wrapping } = requireWrapping(session);
  const stretched = await stretch(newPassphrase, { logN: ports.scryptLogN });
  const wrapped = await wrapFor(operator, secrets, stretched, {
    generation: installation.generation,
    keychainPart: await openingPart(ports, installation),
    recipient: wrapping.recipient,
  });
  store.change(
    actor,
    ports.clock,
    tx => {
      const now = tx.operators().find(({ ref }) => ref === operator.ref);
      if (now?.auditSeq !== operator.auditSeq) {
        throw new KeysmithError(
          'OPERATOR_CHANGED',
          'Another process changed this operator meanwhile. Nothing was changed here; try again.',
          { field: 'operator' },
        );
      }
      const stamp = tx.record({
        action: 'operator.change-passphrase',
        subject: { kind: 'operator', id: operator.name, ref: operator.ref },
        before: null,
        after: null,
      });
      tx.updateOperator({ ...operator, ...wrapped }, stamp);
    },
    'oneself',
  );
}
