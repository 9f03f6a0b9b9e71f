import type { IssuedKey } from './create-key.ts';
import { credentialNow } from './credential-now.ts';
import { requirePublicSafe } from './grants.ts';
import type { Seconds } from './ids.ts';
import { issueCredential } from './issue-credential.ts';
import type { Credential, Key } from './key.ts';
import { requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';
import { refuseCredential } from './refuse-credentials.ts';

interface Replacement {
  readonly action: 'key.rotate' | 'key.reissue';
  /** Nobody may have kept the present secret: then the one before it stays, if it is still valid. */
  readonly keepsInUse: boolean;
  readonly now: Seconds;
  /** Until when the secret that is replaced stays valid; null: refused at once. */
  readonly graceUntil: Seconds | null;
  readonly savedAt: Seconds | null;
}

/**
 * Gives a key a new secret, which says what the key is now. The one it has becomes the previous one, or is refused; one before that is refused.
 *
 * @throws SERVICE_NOT_FOUND, PERMISSION_NOT_PUBLIC, TAMPERED
 */
export function replaceCredential(
  tx: Writer,
  ports: Ports,
  actor: Actor,
  before: Key,
  { action, keepsInUse, now, graceUntil, savedAt }: Replacement,
): IssuedKey {
  const service = requireService(tx, before.service);
  requirePublicSafe(before, tx.catalog(service.ref));
  const { token, credential } = issueCredential(tx, ports, service, before, { now, actor, savedAt });
  const old = supersede(
    tx.credentials(before.ref).map(stored => credentialNow(tx, stored, now)),
    before,
    { keepsInUse, now, graceUntil },
  );
  const validUntil = old.find(({ state }) => state === 'previous')?.graceUntil ?? null;
  const after: Key = {
    ...before,
    hint: credential.hint,
    rotatedAt: now,
    savedAt: credential.savedAt,
    // A rotation leaves the old token, which still says what the key was, for its grace period.
    stale: before.stale && old.some(({ state }) => state === 'previous'),
    credentials: before.credentials + 1,
  };
  const stamp = tx.record({
    action,
    subject: { kind: 'key', id: before.id, ref: before.ref },
    before: { hint: before.hint, saved_at: before.savedAt },
    after: { hint: after.hint, saved_at: after.savedAt, rotated_at: now, grace_until: validUntil },
  });
  const key = tx.updateKey(before, after, stamp, old);
  tx.addCredential({ ...credential, keyRef: before.ref }, stamp);
  return { key, token };
}

/**
 * What becomes of the secrets there were. With `keepsInUse` a secret that nobody kept is refused at once, and the
 * previous one, which is the one in use, keeps its grace period.
 */
function supersede(
  credentials: readonly Credential[],
  { savedAt }: Key,
  { keepsInUse, now, graceUntil }: Pick<Replacement, 'keepsInUse' | 'now' | 'graceUntil'>,
): readonly Credential[] {
  const keepsPrevious =
    keepsInUse && savedAt === null && credentials.some(({ state }) => state === 'previous');
  return credentials.map(credential => {
    if (credential.state === 'previous' && keepsPrevious) return credential;
    if (credential.state === 'current' && graceUntil !== null && !keepsPrevious) {
      return { ...credential, state: 'previous', graceUntil, tokenEncrypted: null };
    }
    return refuseCredential(credential, 'superseded', now);
  });
}
