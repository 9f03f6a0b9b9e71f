import type { Seconds } from './ids.ts';
import type { Tombstone } from './key.ts';
import { toAuditRecord } from './key-json.ts';
import { requireKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Draft, Ports, Writer } from './ports.ts';
import { refuseCredentials } from './refuse-credentials.ts';
import type { EndKeyRequest } from './revoke-key.ts';
import { parseReason } from './text.ts';

/**
 * Revokes a key if needed and takes it off the list. Its ID and credentials stay refused for ever,
 * its name becomes free.
 *
 * @throws KEY_NOT_FOUND, REASON_INVALID, STORE_*
 */
export function removeKey({ store, clock }: Ports, actor: Actor, request: EndKeyRequest): Draft<Tombstone> {
  return store.change(actor, clock, (tx, now) => removeIn(tx, actor, now, request));
}

/** The same inside a transaction that does more. */
export function removeIn(tx: Writer, actor: Actor, now: Seconds, request: EndKeyRequest): Draft<Tombstone> {
  const key = requireKey(tx, request.key);
  const reason = parseReason(request.reason ?? '');
  const alreadyRevoked = key.status === 'revoked';
  const tombstone: Draft<Tombstone> = {
    id: key.id,
    serviceRef: key.serviceRef,
    service: key.service,
    removedAt: now,
    removedBy: actor.name,
    reason,
    credentials: key.credentials,
    key: {
      ...key,
      status: 'revoked',
      revokedAt: alreadyRevoked ? key.revokedAt : now,
      revokeReason: alreadyRevoked ? key.revokeReason : reason,
    },
  };
  const stamp = tx.record({
    action: 'key.remove',
    subject: { kind: 'key', id: key.id, ref: key.ref },
    before: { ...toAuditRecord(key), ...(key.tampered && { tampered: true }) },
    after: { removed_at: now, reason },
  });
  tx.removeKey(key, tombstone, stamp, refuseCredentials(tx.credentials(key.ref), 'removed', now));
  return tombstone;
}
