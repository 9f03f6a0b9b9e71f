import type { Key } from './key.ts';
import { requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';

/** Notes that someone kept the secret of a key's current credential. Once noted, it stays. */
export function markSaved({ store, clock }: Ports, actor: Actor, request: { readonly key: string }): Key {
  const now = clock();
  return store.change(actor, now, tx => {
    const before = requireLiveKey(tx, request.key);
    if (before.savedAt !== null) return before;
    const stamp = tx.record({
      action: 'key.saved',
      subject: { kind: 'key', id: before.id, ref: before.ref },
      before: { saved_at: null },
      after: { saved_at: now },
    });
    const credentials = tx
      .credentials(before.ref)
      .map(credential => (credential.state === 'current' ? { ...credential, savedAt: now } : credential));
    return tx.updateKey(before, { ...before, savedAt: now }, stamp, credentials);
  });
}
