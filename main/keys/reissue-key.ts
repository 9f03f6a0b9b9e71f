import type { IssuedKey } from './create-key.ts';
import { KeysmithError } from './errors.ts';
import { formatTime } from './expiry.ts';
import type { Seconds } from './ids.ts';
import { statusAt } from './key.ts';
import { requireClock, requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';
import { replaceCredential } from './replace-credential.ts';

export interface ReissueKeyRequest {
  /** Key ID or `service/name`. */
  readonly key: string;
  /** As in `CreateKeyRequest`: keeps the new token before it replaces the old one. */
  readonly keep?: ((token: string) => void) | undefined;
  readonly deliver?: ((issued: IssuedKey) => void) | undefined;
}

/**
 * Signs a key's token anew, so that it says what the key is now. The old token is refused from the next bundle on.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_EXPIRED, NOT_ALLOWED for a key whose token is not signed, TAMPERED,
 *   CLOCK_BEHIND, STORE_*
 */
export function reissueKey(ports: Ports, actor: Actor, request: ReissueKeyRequest): IssuedKey {
  return ports.store.change(actor, ports.clock, (tx, now) => {
    requireClock(tx, now);
    const issued = reissueIn(tx, ports, actor, now, request.key, request.keep ? now : null);
    // Last before the commit: a token that could not be kept or handed over must not replace one that works.
    request.keep?.(issued.token);
    request.deliver?.(issued);
    return issued;
  });
}

/** The same inside a transaction that does more. */
export function reissueIn(
  tx: Writer,
  ports: Ports,
  actor: Actor,
  now: Seconds,
  reference: string,
  savedAt: Seconds | null,
): IssuedKey {
  const before = requireLiveKey(tx, reference);
  if (before.format !== 'jwt') {
    throw new KeysmithError(
      'NOT_ALLOWED',
      `The key ${before.id} has an opaque token, which says nothing that could change. Allowed is to rotate it.`,
      { field: 'key' },
    );
  }
  if (statusAt(before, now) === 'expired') {
    throw new KeysmithError(
      'KEY_EXPIRED',
      `The key ${before.id} expired on ${formatTime(before.expiresAt ?? 0)}: a new token would open nothing. Give it a new expiry first.`,
      { field: 'key' },
    );
  }
  return replaceCredential(tx, ports, actor, before, {
    action: 'key.reissue',
    keepsInUse: false,
    now,
    graceUntil: null,
    savedAt,
  });
}
