import type { Key } from './key.ts';
import { requireIntact, requireKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';

/** How a new secret was handed out. */
export type RevealWay = 'shown' | 'copied' | 'saved';

/**
 * Notes that someone was handed a key's new secret.
 *
 * SECURITY: before it is handed out, so that nothing is shown that is not written down.
 *
 * @throws KEY_NOT_FOUND, TAMPERED, NOT_ALLOWED, STORE_*
 */
export function recordReveal(
  { store, clock }: Ports,
  actor: Actor,
  { key: reference, how }: { readonly key: string; readonly how: RevealWay },
): Key {
  return store.change(actor, clock, tx => {
    // A key that was revoked meanwhile can still be told from others by its secret.
    const key = requireKey(tx, reference);
    requireIntact(key, tx.credentials(key.ref));
    const stamp = tx.record({
      action: 'key.reveal',
      subject: { kind: 'key', id: key.id, ref: key.ref },
      before: null,
      after: { how },
    });
    return tx.updateKey(key, key, stamp);
  });
}
