import type { IssuedKey } from './create-key.ts';
import { KeysmithError } from './errors.ts';
import { issueCredential } from './issue-credential.ts';
import type { Key } from './key.ts';
import { requireClock, requireLiveKey, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { refuseCredentials } from './refuse-credentials.ts';

/**
 * Gives a key a new secret and refuses the old one at once: for a secret that nobody kept.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_CHANGED when the secret was saved, TAMPERED, CLOCK_BEHIND, STORE_*
 */
export function renewSecret(ports: Ports, actor: Actor, request: { readonly key: string }): IssuedKey {
  const now = requireClock(ports);
  return ports.store.change(actor, now, tx => {
    const before = requireLiveKey(tx, request.key);
    if (before.savedAt !== null) {
      throw new KeysmithError(
        'KEY_CHANGED',
        `The secret of the key ${before.id} was confirmed as saved meanwhile. Nothing was changed; look at the key again.`,
        { field: 'key' },
      );
    }
    const service = requireService(tx, before.service);
    const { token, credential } = issueCredential(
      { service, kind: before.kind, id: before.id },
      { now, by: actor.name, savedAt: null },
      ports.random,
    );
    const after: Key = {
      ...before,
      hint: credential.hint,
      rotatedAt: now,
      savedAt: null,
      credentials: before.credentials + 1,
    };
    const stamp = tx.record({
      action: 'key.rotate',
      subject: { kind: 'key', id: before.id, ref: before.ref },
      before: { hint: before.hint, saved_at: before.savedAt },
      after: { hint: after.hint, saved_at: null, rotated_at: now },
    });
    const refused = refuseCredentials(tx.credentials(before.ref), 'superseded', now);
    const key = tx.updateKey(before, after, stamp, refused);
    tx.addCredential({ ...credential, keyRef: before.ref }, stamp);
    return { key, token };
  });
}
