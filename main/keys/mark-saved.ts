import { KeysmithError } from './errors.ts';
import type { Key } from './key.ts';
import { requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';

export interface MarkSavedRequest {
  /** Key ID or `service/name`. */
  readonly key: string;
  /** The hint of the secret that was kept; absent: the current one. */
  readonly hint?: string | undefined;
}

/**
 * Notes that someone kept the secret of a key's current credential. Once noted, it stays.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_CHANGED when it is another secret, TAMPERED, STORE_*
 */
export function markSaved({ store, clock }: Ports, actor: Actor, request: MarkSavedRequest): Key {
  return store.change(actor, clock, (tx, now) => {
    const before = requireLiveKey(tx, request.key);
    if (request.hint !== undefined && request.hint !== before.hint) {
      throw new KeysmithError(
        'KEY_CHANGED',
        `The key ${before.id} got another secret meanwhile, which this is not. Nothing was changed; look at the key again.`,
        { field: 'key' },
      );
    }
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
