import { KeysmithError } from '../keys/errors.ts';
import { requireWrapping } from './own-passphrase.ts';
import type { InstallationPorts, Session } from './session.ts';
import { stretch, wrapFor } from './wrapping.ts';

/**
 * Wraps what the operator of a session was given under a passphrase of theirs, in the generation that holds.
 *
 * @throws OPERATOR_CHANGED, TAMPERED, STORE_*
 */
export async function rewrapOneself(
  session: Session,
  ports: InstallationPorts,
  passphrase: string,
  action: 'operator.change-passphrase' | 'operator.rewrap',
): Promise<void> {
  const { store, actor, secrets } = session;
  const { operator } = requireWrapping(session);
  const stretched = await stretch(passphrase, { logN: ports.scryptLogN });
  const wrapped = await wrapFor(operator, secrets, stretched, {
    generation: session.generation,
    part: secrets.part ?? Buffer.alloc(0),
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
        action,
        subject: { kind: 'operator', id: operator.name, ref: operator.ref },
        before: null,
        after: null,
      });
      tx.updateOperator({ ...operator, ...wrapped }, stamp);
    },
    'oneself',
  );
}
