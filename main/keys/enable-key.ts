import { difference } from './audit.ts';
import { KeysmithError } from './errors.ts';
import { formatTime, latestExpiry, requireWithin, resolveExpiry } from './expiry.ts';
import { requirePublicSafe } from './grants.ts';
import type { Seconds } from './ids.ts';
import { isStale, type Key, statusAt } from './key.ts';
import { toAuditRecord } from './key-json.ts';
import { requireClock, requireLiveKey, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';

export interface EnableKeyRequest {
  /** Key ID or `service/name`. */
  readonly key: string;
  /** As `parseExpiry` reads it; an expired key needs one. */
  readonly expires?: string | undefined;
}

/**
 * Makes a disabled or expired key work again. A key that works stays as it is, but for a new expiry.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_EXPIRED when it needs a new expiry, PERMISSION_NOT_PUBLIC, TAMPERED, EXPIRY_*, CLOCK_BEHIND, STORE_*
 */
export function enableKey({ store, clock }: Ports, actor: Actor, request: EnableKeyRequest): Key {
  return store.change(actor, clock, (tx, now) => enableIn(tx, now, request));
}

/** The same inside a transaction that does more. */
export function enableIn(tx: Writer, now: Seconds, request: EnableKeyRequest): Key {
  requireClock(tx, now);
  const before = requireLiveKey(tx, request.key);
  const service = requireService(tx, before.service);
  const { policy } = service;
  if (statusAt(before, now) === 'expired' && request.expires === undefined) {
    const latest = latestExpiry(policy, now);
    throw new KeysmithError(
      'KEY_EXPIRED',
      `The key ${before.id} expired on ${formatTime(before.expiresAt ?? 0)}. Enabling it needs a new expiry${latest === null ? '' : `, at the latest ${formatTime(latest)}`}.`,
      { field: 'expires' },
    );
  }
  const wanted: Key = {
    ...before,
    status: 'active',
    expiresAt: request.expires === undefined ? before.expiresAt : resolveExpiry(request.expires, policy, now),
  };
  const after = { ...wanted, stale: isStale(before, wanted) };
  const changed = difference(toAuditRecord(before), toAuditRecord(after));
  if (!changed) return before;
  requirePublicSafe(before, tx.catalog(service.ref));
  requireWithin(after.expiresAt, policy, now);
  const stamp = tx.record({
    action: 'key.enable',
    subject: { kind: 'key', id: before.id, ref: before.ref },
    ...changed,
  });
  return tx.updateKey(before, after, stamp);
}
