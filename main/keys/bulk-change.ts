import { type BulkAction, MAX_BULK } from './bulk-actions.ts';
import { disableIn } from './disable-key.ts';
import { enableIn } from './enable-key.ts';
import { given, KeysmithError, type Refusal } from './errors.ts';
import { formatTime, resolveExpiry } from './expiry.ts';
import { requirePublicSafe } from './grants.ts';
import { isKeyId, type KeyId, type Seconds } from './ids.ts';
import { requireClock, requireLiveKey, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';
import { removeIn } from './remove-key.ts';
import { revokeIn } from './revoke-key.ts';
import { writeEditedKey } from './write-edited-key.ts';

export interface BulkRequest {
  readonly action: BulkAction;
  /** Key IDs; one that is named twice counts once. */
  readonly keys: readonly string[];
  /** For `revoke` and `remove`. */
  readonly reason?: string | undefined;
  /** For `extend`, which needs it, and for `enable`. */
  readonly expires?: string | undefined;
}

export interface BulkResult {
  /** How many keys were named. */
  readonly asked: number;
  /** How many of them were not so already. */
  readonly changed: number;
  /** How many have a signed token that says something else now. */
  readonly stale: number;
}

/**
 * Changes several keys in one transaction: all of them, or none. Each gets its own audit entry.
 *
 * @throws BULK_REFUSED with `refusals`: every key that cannot be changed, and why; QUERY_INVALID, EXPIRY_REQUIRED,
 *   CLOCK_BEHIND, STORE_*
 */
export function bulkChange({ store, clock }: Ports, actor: Actor, request: BulkRequest): BulkResult {
  const keys = [...new Set(request.keys)];
  if (keys.length === 0 || keys.length > MAX_BULK) {
    throw new KeysmithError(
      'QUERY_INVALID',
      `${keys.length} keys were named. Allowed are 1 to ${MAX_BULK} at a time.`,
      { field: 'keys' },
    );
  }
  if (request.action === 'extend' && request.expires === undefined) {
    throw new KeysmithError(
      'EXPIRY_REQUIRED',
      'An expiry was not given. Extending needs one: a duration (P6M, 90d), a date (2027-01-31) or never.',
      { field: 'expires' },
    );
  }
  return store.change(actor, clock, (tx, now) => {
    // What is wrong for all of them is said once.
    if (request.action === 'extend' || request.action === 'enable') requireClock(tx, now);
    let changed = 0;
    let stale = 0;
    const change = (key: string) => {
      const before = tx.key(key as KeyId);
      changeOne(tx, actor, now, request, key);
      const after = tx.key(key as KeyId);
      if (after?.auditSeq !== before?.auditSeq) changed += 1;
      if (after?.stale && !before?.stale) stale += 1;
    };
    const refusals = keys.flatMap(key => refusalOf(tx, key, () => change(key)));
    // SECURITY: thrown inside the transaction, so that nothing of the others stays.
    if (refusals.length > 0) throw bulkRefused(refusals, keys.length);
    return { asked: keys.length, changed, stale };
  });
}

function changeOne(tx: Writer, actor: Actor, now: Seconds, request: BulkRequest, key: string): void {
  const { action, reason, expires } = request;
  switch (action) {
    case 'disable':
      disableIn(tx, key);
      return;
    case 'enable':
      enableIn(tx, now, { key, expires });
      return;
    case 'revoke':
      revokeIn(tx, now, { key, reason });
      return;
    case 'remove':
      removeIn(tx, actor, now, { key, reason });
      return;
    case 'extend':
      extendIn(tx, now, key, expires ?? '');
  }
}

function extendIn(tx: Writer, now: Seconds, reference: string, expires: string): void {
  const before = requireLiveKey(tx, reference);
  const service = requireService(tx, before.service);
  requirePublicSafe(before, tx.catalog(service.ref));
  const expiresAt = resolveExpiry(expires, service.policy, now);
  if ((expiresAt ?? Infinity) < (before.expiresAt ?? Infinity)) {
    throw new KeysmithError(
      'EXPIRY_NOT_LATER',
      `The key ${before.id} ${before.expiresAt === null ? 'never expires' : `expires on ${formatTime(before.expiresAt)}`}, which is later already. Allowed are later expiries; to shorten one, edit the key.`,
      { field: 'expires' },
    );
  }
  writeEditedKey(tx, before, { ...before, expiresAt });
}

function refusalOf(tx: Writer, key: string, work: () => void): readonly Refusal[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof KeysmithError) || /^(STORE_|NOT_ALLOWED)/.test(error.code)) throw error;
    const { code, message } = error;
    // SECURITY: what is no key ID may be a token that was pasted among them; it is not repeated.
    const subject = isKeyId(key) ? key : 'not a key ID';
    return [{ subject, name: isKeyId(key) ? (tx.key(key)?.name ?? null) : null, code, message }];
  }
}

const NAMED = 3;

function bulkRefused(refusals: readonly Refusal[], asked: number): KeysmithError {
  const first = refusals
    .slice(0, NAMED)
    .map(({ subject, name, code }) => `${subject}${name === null ? '' : ` ${given(name)}`} (${code})`);
  return new KeysmithError(
    'BULK_REFUSED',
    `${refusals.length} of ${asked} keys cannot be changed, so none was: ${first.join(', ')}${refusals.length > NAMED ? ' …' : ''}.`,
    { field: 'keys', refusals },
  );
}
