import { difference } from './audit.ts';
import type { Seconds } from './ids.ts';
import type { Key } from './key.ts';
import { toAuditRecord } from './key-json.ts';
import { requireKey, requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';
import { refuseCredentials } from './refuse-credentials.ts';
import { parseReason } from './text.ts';

export interface EndKeyRequest {
  /** Key ID or `service/name`. */
  readonly key: string;
  readonly reason?: string | undefined;
}

/**
 * Refuses a key for ever. A tampered key can be revoked, and so is refused.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, REASON_INVALID, STORE_*
 */
export function revokeKey({ store, clock }: Ports, actor: Actor, request: EndKeyRequest): Key {
  return store.change(actor, clock, (tx, now) => revokeIn(tx, now, request));
}

/** The same inside a transaction that does more. */
export function revokeIn(tx: Writer, now: Seconds, request: EndKeyRequest): Key {
  const found = requireKey(tx, request.key);
  // What was edited by hand can still be refused; only a revoked key that is intact is refused already.
  const before = found.tampered || found.status !== 'revoked' ? found : requireLiveKey(tx, request.key);
  const after: Key = {
    ...before,
    status: 'revoked',
    revokedAt: now,
    revokeReason: parseReason(request.reason ?? ''),
  };
  const changed = difference(toAuditRecord(before), toAuditRecord(after)) ?? { before: null, after: null };
  const stamp = tx.record({
    action: 'key.revoke',
    subject: { kind: 'key', id: before.id, ref: before.ref },
    before: found.tampered ? { ...changed.before, tampered: true } : changed.before,
    after: changed.after,
  });
  return tx.updateKey(before, after, stamp, refuseCredentials(tx.credentials(before.ref), 'revoked', now));
}
