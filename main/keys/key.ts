import type { CredentialId, KeyId, Ref, Seconds, ServiceSlug } from './ids.ts';

export const KINDS = ['private', 'public'] as const;
/** `private`: secret, server-side. `public`: may be exposed, so it holds public-safe permissions only. */
export type Kind = (typeof KINDS)[number];

/** What is stored. `revoked` is final. */
export type StoredStatus = 'active' | 'disabled' | 'revoked';
export const STATUSES = ['active', 'disabled', 'expired', 'revoked'] as const;
/** What is shown: `expired` comes from the clock, never from the database. */
export type Status = (typeof STATUSES)[number];

/** A role as a key holds it: `accounts` is null for a global role, `'*'` for all accounts. */
export interface RoleGrant {
  readonly role: string;
  readonly accounts: readonly string[] | '*' | null;
}

/** One access key. Times in seconds since the epoch, UTC. */
export interface Key {
  readonly ref: Ref;
  readonly id: KeyId;
  readonly serviceRef: Ref;
  readonly service: ServiceSlug;
  /** The service's. */
  readonly format: CredentialFormat;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly kind: Kind;
  /** Permission IDs in ASCII order; empty for a service with roles. */
  readonly permissions: readonly string[];
  readonly roles: readonly RoleGrant[];
  /** Canonical addresses and CIDR ranges; empty means every address. */
  readonly allowedIps: readonly string[];
  readonly status: StoredStatus;
  readonly createdAt: Seconds;
  readonly createdBy: string;
  /** The key is expired when now ≥ this; null means never. */
  readonly expiresAt: Seconds | null;
  readonly rotatedAt: Seconds | null;
  readonly revokedAt: Seconds | null;
  readonly revokeReason: string;
  /** Hint of the current credential. */
  readonly hint: string;
  /** When someone confirmed that the current credential's secret was kept; null: not saved. */
  readonly savedAt: Seconds | null;
  /** True when a token in use was signed before the last change of what it claims. */
  readonly stale: boolean;
  /** How many credentials the key ever had; sealed, so that one that vanished is noticed. */
  readonly credentials: number;
  /** The entry of the audit log that last changed the key. */
  readonly auditSeq: number;
  /** True when the row does not carry the seal of its last change: do not believe what it says. */
  readonly tampered: boolean;
}

export type CredentialFormat = 'opaque' | 'jwt';

/** `current`: the key's own. `previous`: valid until its grace period ends. `refused`: never again. */
export type CredentialState = 'current' | 'previous' | 'refused';
export type RefusalReason = 'revoked' | 'removed' | 'superseded' | 'compromised';

/** One secret of a key, as far as it is kept. */
export interface Credential {
  readonly ref: Ref;
  readonly id: CredentialId;
  readonly keyRef: Ref;
  readonly format: CredentialFormat;
  readonly hint: string;
  /** SHA-256 of an opaque token; null for a JWT. */
  readonly digest: Buffer | null;
  readonly state: CredentialState;
  readonly issuedAt: Seconds;
  readonly issuedBy: string;
  readonly savedAt: Seconds | null;
  /** End of the grace period of a previous credential, else null. */
  readonly graceUntil: Seconds | null;
  readonly refusedAt: Seconds | null;
  readonly refusedReason: RefusalReason | null;
  /** A public key's token, encrypted so that it can be copied again; else null. */
  readonly tokenEncrypted: Buffer | null;
  /** For a JWT: the token key that signed it, its own `exp`, and its place in a status list. */
  readonly signingKeyRef: Ref | null;
  readonly tokenExpiresAt: Seconds | null;
  readonly statusListRef: Ref | null;
  readonly statusIndex: number | null;
  readonly auditSeq: number;
  readonly tampered: boolean;
}

/** What is left of a removed key: its ID and credentials stay refused for ever, its name is free. */
export interface Tombstone {
  readonly ref: Ref;
  readonly id: KeyId;
  readonly serviceRef: Ref;
  readonly service: ServiceSlug;
  readonly removedAt: Seconds;
  readonly removedBy: string;
  readonly reason: string;
  readonly credentials: number;
  /** The key as it last was, for inventories that include removed keys. */
  readonly key: Key;
  readonly auditSeq: number;
  readonly tampered: boolean;
}

/** A key's status at a moment: revoked is final, then the clock decides, then what is stored. */
export function statusAt(key: Pick<Key, 'status' | 'expiresAt'>, now: Seconds): Status {
  if (key.status === 'revoked') return 'revoked';
  if (key.expiresAt !== null && now >= key.expiresAt) return 'expired';
  return key.status;
}

/** A credential at a moment: a previous one whose grace period is over is refused, by the clock alone. */
export function credentialAt(credential: Credential, now: Seconds): Credential {
  const { state, graceUntil } = credential;
  if (state !== 'previous' || graceUntil === null || now < graceUntil) return credential;
  return {
    ...credential,
    state: 'refused',
    graceUntil: null,
    refusedAt: graceUntil,
    refusedReason: 'superseded',
    tokenEncrypted: null,
  };
}

/** Whether a key's signed token no longer says what the key is: it was stale before, or what it says has changed. */
export function isStale(before: Key, after: Key): boolean {
  const said = ({ name, permissions, roles, allowedIps, expiresAt }: Key) =>
    JSON.stringify([name, permissions, roles, allowedIps, expiresAt]);
  return before.format === 'jwt' && (before.stale || said(before) !== said(after));
}
