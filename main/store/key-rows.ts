import { formatRange, storedRanges } from '../keys/allowed-ips.ts';
import type { CredentialId, KeyId, Ref } from '../keys/ids.ts';
import type {
  Credential,
  CredentialFormat,
  CredentialState,
  Key,
  RefusalReason,
  Tombstone,
} from '../keys/key.ts';
import type { Draft } from '../keys/ports.ts';
import type { CatalogRow } from '../keys/service.ts';
import { fold } from '../keys/text.ts';
import type { SealedRow } from './connection.ts';
import { type OwnService, onlyRoles, onlyTexts } from './key-values.ts';
import { parseJson, type Row } from './seals.ts';

/** `exp_sort` of a key without expiry: later than any date. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Bits of one mask column; SQLite's integers are signed, and one bit is kept free for the sign. */
export const MASK_BITS = 62;

export function keyToRow(key: Draft<Key>, ref: Ref, catalog: readonly CatalogRow[]): Row {
  return {
    ref,
    id: key.id,
    service_ref: key.serviceRef,
    name: key.name,
    description: key.description,
    owner: key.owner,
    kind: key.kind,
    permissions: JSON.stringify(key.permissions),
    roles: JSON.stringify(key.roles),
    allowed_ips: JSON.stringify(key.allowedIps),
    status: key.status,
    created_at: key.createdAt,
    created_by: key.createdBy,
    expires_at: key.expiresAt,
    rotated_at: key.rotatedAt,
    revoked_at: key.revokedAt,
    revoke_reason: key.revokeReason,
    hint: key.hint,
    saved_at: key.savedAt,
    stale: key.stale ? 1 : 0,
    credentials: key.credentials,
    ...deriveColumns(key, catalog),
  };
}

/** What filters, sort orders and searches ask of a key. */
export function deriveColumns(key: Draft<Key>, catalog: readonly CatalogRow[]): Row {
  const [grants_0, grants_1] = grantMasks(key, catalog);
  return {
    name_fold: fold(key.name),
    txt: searchText(key),
    exp_sort: key.expiresAt ?? NEVER,
    secret_at: key.rotatedAt ?? key.createdAt,
    unsaved: isUnsaved(key) ? 1 : 0,
    has_ip: key.allowedIps.length > 0 ? 1 : 0,
    grants_0,
    grants_1,
  };
}

/** A secret that nobody confirmed, of a key that still wants one. */
export function isUnsaved(key: Pick<Key, 'savedAt' | 'status'>): boolean {
  return key.savedAt === null && key.status !== 'revoked';
}

/** What a search looks through: each field on its own line, folded, the last four of the secret included. */
function searchText(key: Draft<Key>): string {
  return fold(
    [key.name, key.description, key.owner, key.id, key.hint.slice(-4), ...key.allowedIps].join('\n'),
  );
}

/** Entries of the catalog that a key holds: its permissions, its roles and the accounts they are scoped to. */
export function heldEntries(key: Draft<Key>, catalog: readonly CatalogRow[]): readonly CatalogRow[] {
  const held = new Set(key.permissions.map(id => `permission/${id}`));
  for (const { role, accounts } of key.roles) {
    held.add(`role/${role}`);
    if (Array.isArray(accounts)) for (const account of accounts) held.add(`account/${account}`);
  }
  if (held.size === 0) return [];
  const entries = entriesOf(catalog);
  return [...held].flatMap(name => entries.get(name) ?? []);
}

const byName = new WeakMap<readonly CatalogRow[], ReadonlyMap<string, CatalogRow>>();

/** Made once a catalog: many keys ask for theirs. */
function entriesOf(catalog: readonly CatalogRow[]): ReadonlyMap<string, CatalogRow> {
  const known = byName.get(catalog);
  if (known) return known;
  const entries = new Map(catalog.map(row => [`${row.type}/${row.id}`, row]));
  byName.set(catalog, entries);
  return entries;
}

/** The rows of `key_ip` of a key: family, prefix length, network. */
export function networksOf(
  key: Pick<Key, 'allowedIps'>,
): readonly (readonly [family: number, prefixLength: number, network: Buffer])[] {
  const networks = new Map(storedRanges(key.allowedIps).map(range => [formatRange(range), range]));
  return [...networks.values()].map(({ family, prefixLength, network }) => [
    family,
    prefixLength,
    Buffer.from(network),
  ]);
}

/** Two masks with a bit for each permission or role held; entries past bit 123 are found by `key_grant` alone. */
function grantMasks(key: Draft<Key>, catalog: readonly CatalogRow[]): readonly [bigint, bigint] {
  const masks: [bigint, bigint] = [0n, 0n];
  for (const { bit } of heldEntries(key, catalog)) {
    if (bit === null || bit >= 2 * MASK_BITS) continue;
    masks[bit < MASK_BITS ? 0 : 1] |= 1n << BigInt(bit % MASK_BITS);
  }
  return masks;
}

export function rowToCredential(row: SealedRow): Credential {
  return {
    ref: row.ref as Ref,
    id: row.id as CredentialId,
    keyRef: row.key_ref as Ref,
    format: row.format as CredentialFormat,
    hint: row.hint as string,
    digest: row.digest as Buffer | null,
    state: row.state as CredentialState,
    issuedAt: row.issued_at as number,
    issuedBy: row.issued_by as string,
    savedAt: row.saved_at as number | null,
    graceUntil: row.grace_until as number | null,
    refusedAt: row.refused_at as number | null,
    refusedReason: row.refused_reason as RefusalReason | null,
    tokenEncrypted: row.token_encrypted as Buffer | null,
    signingKeyRef: row.signing_key_ref as Ref | null,
    tokenExpiresAt: row.token_expires_at as number | null,
    statusListRef: row.status_list_ref as Ref | null,
    statusIndex: row.status_index as number | null,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

export function credentialToRow(credential: Draft<Credential>, ref: Ref): Row {
  return {
    ref,
    id: credential.id,
    key_ref: credential.keyRef,
    format: credential.format,
    hint: credential.hint,
    digest: credential.digest,
    state: credential.state,
    issued_at: credential.issuedAt,
    issued_by: credential.issuedBy,
    saved_at: credential.savedAt,
    grace_until: credential.graceUntil,
    refused_at: credential.refusedAt,
    refused_reason: credential.refusedReason,
    token_encrypted: credential.tokenEncrypted,
    signing_key_ref: credential.signingKeyRef,
    token_expires_at: credential.tokenExpiresAt,
    status_list_ref: credential.statusListRef,
    status_index: credential.statusIndex,
  };
}

/** What a record that was edited by hand may lack. */
const NO_RECORD = {
  name: '',
  description: '',
  owner: '',
  kind: 'private',
  status: 'revoked',
  createdAt: 0,
  expiresAt: null,
  rotatedAt: null,
  revokedAt: null,
  revokeReason: '',
  hint: '',
  savedAt: null,
  stale: false,
  credentials: 0,
  auditSeq: 0,
} as const;

export function rowToTombstone(row: SealedRow, service: OwnService): Tombstone {
  const ref = row.ref as Ref;
  const id = row.id as KeyId;
  const record = parseJson(row.record, {}) as Partial<Key>;
  return {
    ref,
    id,
    serviceRef: service.ref,
    service: service.slug,
    removedAt: row.removed_at as number,
    removedBy: row.removed_by as string,
    reason: row.reason as string,
    credentials: row.credentials as number,
    key: {
      ...NO_RECORD,
      serviceRef: service.ref,
      createdBy: '',
      ...record,
      ref,
      id,
      permissions: onlyTexts(record.permissions),
      roles: onlyRoles(record.roles),
      allowedIps: onlyTexts(record.allowedIps),
      service: service.slug,
      format: service.format,
      tampered: row.tampered,
    },
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

export function tombstoneToRow(tombstone: Draft<Tombstone>, ref: Ref): Row {
  const { service: _slug, format: _format, tampered: _tampered, ...record } = tombstone.key;
  return {
    ref,
    id: tombstone.id,
    service_ref: tombstone.serviceRef,
    removed_at: tombstone.removedAt,
    removed_by: tombstone.removedBy,
    reason: tombstone.reason,
    credentials: tombstone.credentials,
    record: JSON.stringify(record),
  };
}
