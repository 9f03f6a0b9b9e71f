import type { Key } from './key.ts';
import { requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';

/**
 * Refuses a key until it is enabled again. A key that is disabled stays as it is.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, TAMPERED, STORE_*
 */
export function disableKey({ store, clock }: Ports, actor: Actor, request: { readonly key: string }): Key {
  return store.change(actor, clock, tx => disableIn(tx, request.key));
}

/** The same inside a transaction that does more. */
export function disableIn(tx: Writer, reference: string): Key {
  const before = requireLiveKey(tx, reference);
  if (before.status === 'disabled') return before;
  const stamp = tx.record({
    action: 'key.disable',
    subject: { kind: 'key', id: before.id, ref: before.ref },
    before: { status: before.status },
    after: { status: 'disabled' },
  });
  return tx.updateKey(before, { ...before, status: 'disabled' }, stamp);
}
