import type { IssuedKey } from './create-key.ts';
import { KeysmithError } from './errors.ts';
import { requireClock, requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { replaceCredential } from './replace-credential.ts';

/**
 * Gives a key a new secret and refuses the old one at once: for a secret that nobody kept.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_CHANGED when the secret was saved, TAMPERED, CLOCK_BEHIND, STORE_*
 */
export function renewSecret(ports: Ports, actor: Actor, request: { readonly key: string }): IssuedKey {
  return ports.store.change(actor, ports.clock, (tx, now) => {
    requireClock(tx, now);
    const before = requireLiveKey(tx, request.key);
    if (before.savedAt !== null) {
      throw new KeysmithError(
        'KEY_CHANGED',
        `The secret of the key ${before.id} was confirmed as saved meanwhile. Nothing was changed; look at the key again.`,
        { field: 'key' },
      );
    }
    return replaceCredential(tx, ports, actor, before, {
      action: 'key.rotate',
      keepsInUse: true,
      now,
      graceUntil: null,
      savedAt: null,
    });
  });
}
