import type { AuditAction, JsonObject } from '../keys/audit.ts';
import { type JwsType, signCompact } from '../keys/jws.ts';
import { requireIssuer } from '../keys/look-up.ts';
import { requireActiveKey } from '../keys/require-signing-key.ts';
import type { Session } from '../trust/session.ts';

/** What kind of file is signed, and under which action it is recorded. */
export interface SignedKind {
  readonly typ: JwsType;
  readonly action: AuditAction;
}

/** What a signature says of a file beside its time. */
export interface FileClaims {
  readonly file: string;
  /** In hex. */
  readonly sha256: string;
  readonly more: JsonObject;
}

/**
 * A compact JWS of the trust key over `{"file","sha256","iat",…}`, recorded in the audit log.
 *
 * @throws TAMPERED, NOT_ALLOWED, STORE_*
 */
export function signFile(
  { ports, actor, store }: Session,
  { typ, action }: SignedKind,
  { file, sha256, more }: FileClaims,
): string {
  return store.change(actor, ports.clock, (tx, now) => {
    const key = requireActiveKey(tx, ports, actor, 'trust', now);
    // SECURITY: the change would seal anew what was edited by hand.
    requireIssuer(tx);
    const installation = tx.installation();
    const stamp = tx.record({
      action,
      subject: { kind: 'installation', id: installation.id, ref: installation.ref },
      before: null,
      after: { file, sha256, ...more, signed_by: key.kid },
    });
    tx.updateInstallation(installation, stamp);
    return signCompact(typ, JSON.stringify({ file, sha256, iat: now, ...more }), key, ports.signing);
  });
}
