import type { IssuedKey } from './create-key.ts';
import { KeysmithError } from './errors.ts';
import { formatTime } from './expiry.ts';
import { statusAt } from './key.ts';
import { requireClock, requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { replaceCredential } from './replace-credential.ts';
import { resolveGrace } from './rotation.ts';

export interface RotateKeyRequest {
  /** Key ID or `service/name`. */
  readonly key: string;
  /** How long the old secret stays valid beside the new one, as `resolveGrace` reads it. */
  readonly grace?: string | undefined;
  /** As in `CreateKeyRequest`: keeps the new secret before it replaces the old one. */
  readonly keep?: ((token: string) => void) | undefined;
  readonly deliver?: ((issued: IssuedKey) => void) | undefined;
}

/**
 * Gives a key a new secret. The old one stays valid until the grace period ends; one that was previous before is
 * refused at once. Where nobody confirmed that the old one was kept and no grace period is asked for, it is the other
 * way round: the previous one, which is in use, keeps what is left of its own.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_EXPIRED, TAMPERED, GRACE_INVALID, CLOCK_BEHIND, STORE_*
 */
export function rotateKey(ports: Ports, actor: Actor, request: RotateKeyRequest): IssuedKey {
  return ports.store.change(actor, ports.clock, (tx, now) => {
    requireClock(tx, now);
    const graceUntil = resolveGrace(request.grace, now);
    const before = requireLiveKey(tx, request.key);
    if (statusAt(before, now) === 'expired') {
      throw new KeysmithError(
        'KEY_EXPIRED',
        `The key ${before.id} expired on ${formatTime(before.expiresAt ?? 0)}: a new secret would open nothing. Give it a new expiry first.`,
        { field: 'key' },
      );
    }
    const savedAt = request.keep ? now : null;
    const issued = replaceCredential(tx, ports, actor, before, {
      action: 'key.rotate',
      keepsInUse: request.grace === undefined,
      now,
      graceUntil,
      savedAt,
    });
    // Last before the commit: a secret that could not be kept or handed over must not replace one that works.
    request.keep?.(issued.token);
    request.deliver?.(issued);
    return issued;
  });
}
