import { disableIn } from './disable-key.ts';
import { formatTime } from './expiry.ts';
import type { Seconds } from './ids.ts';
import type { Credential, Key } from './key.ts';
import { requireKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { EndReason, StricterKey } from './plan-stricter.ts';
import type { Writer } from './ports.ts';
import { refuseCredential } from './refuse-credentials.ts';
import { removeIn } from './remove-key.ts';
import { revokeIn } from './revoke-key.ts';
import { writeEditedKey } from './write-edited-key.ts';

/** Makes a restored key as strict as it was later. Each change is an entry of its own in the audit log. */
export function makeStricter(tx: Writer, actor: Actor, now: Seconds, stricter: StricterKey): void {
  const { id, end, disabled } = stricter;
  if (end) {
    const reason = REASONS[end.reason](end.at);
    if (end.reason === 'removed') removeIn(tx, actor, end.at, { key: id, reason });
    else revokeIn(tx, end.at, { key: id, reason });
    return;
  }
  narrow(tx, requireKey(tx, id), stricter);
  endEarlier(tx, requireKey(tx, id), stricter, now);
  if (disabled) disableIn(tx, id);
}

const REASONS: Readonly<Record<EndReason, (at: Seconds) => string>> = {
  revoked: at => `Was revoked on ${formatTime(at)}, after the backup that was restored.`,
  removed: at => `Was removed on ${formatTime(at)}, after the backup that was restored.`,
  superseded: at =>
    `Got a new secret until ${formatTime(at)}, after the backup that was restored: the backup does not know it, and the one it knows is refused.`,
};

function narrow(tx: Writer, before: Key, { reach, expiresAt }: StricterKey): void {
  writeEditedKey(tx, before, { ...before, ...reach, ...(expiresAt !== undefined && { expiresAt }) });
}

/** Ends grace periods as they ended later. */
function endEarlier(tx: Writer, key: Key, { previous }: StricterKey, now: Seconds): void {
  if (previous.size === 0) return;
  const credentials = tx.credentials(key.ref);
  const [first] = credentials.filter(({ ref }) => previous.has(ref));
  if (!first) return;
  const stamp = tx.record({
    action: 'key.end-grace',
    subject: { kind: 'key', id: key.id, ref: key.ref },
    before: { hint: first.hint, grace_until: first.graceUntil },
    after: { hint: first.hint, grace_until: previous.get(first.ref)?.graceUntil ?? now },
  });
  const ended = credentials.map((credential): Credential => {
    const to = previous.get(credential.ref);
    if (!to) return credential;
    return to.graceUntil === null
      ? refuseCredential(credential, 'superseded', to.at)
      : { ...credential, graceUntil: to.graceUntil };
  });
  tx.updateKey(key, key, stamp, ended);
}
