import type { Json, JsonObject } from './audit.ts';
import type { Seconds } from './ids.ts';
import { type Key, type RoleGrant, statusAt } from './key.ts';

/** The columns of an inventory and the members of a key in JSON, in this order. */
export const KEY_FIELDS = [
  'id',
  'name',
  'description',
  'owner',
  'service',
  'kind',
  'format',
  'status',
  'permissions',
  'roles',
  'allowed_ips',
  'created_at',
  'created_by',
  'expires_at',
  'rotated_at',
  'revoked_at',
  'revoke_reason',
  'hint',
] as const;
export type KeyField = (typeof KEY_FIELDS)[number];
export type KeyRecord = Readonly<Record<KeyField, Json>>;

export const INVENTORY_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

/** A key as files and `--json` show it: the status is the effective one at `now`, times are seconds. */
export function toKeyRecord(key: Key, now: Seconds): KeyRecord {
  return {
    id: key.id,
    name: key.name,
    description: key.description,
    owner: key.owner,
    service: key.service,
    kind: key.kind,
    format: key.format,
    // What was changed outside Keysmith is never passed on as valid.
    status: key.tampered ? 'tampered' : statusAt(key, now),
    permissions: [...key.permissions],
    roles: rolesToJson(key.roles),
    allowed_ips: [...key.allowedIps],
    created_at: key.createdAt,
    created_by: key.createdBy,
    expires_at: key.expiresAt,
    rotated_at: key.rotatedAt,
    revoked_at: key.revokedAt,
    revoke_reason: key.revokeReason === '' ? null : key.revokeReason,
    hint: key.hint,
  };
}

/** What the audit log keeps of a key: what an admin can decide about it, and no secret. */
export function toAuditRecord(key: Omit<Key, 'ref' | 'auditSeq' | 'tampered'>): JsonObject {
  return {
    service: key.service,
    name: key.name,
    description: key.description,
    owner: key.owner,
    kind: key.kind,
    status: key.status,
    permissions: [...key.permissions],
    roles: rolesToJson(key.roles),
    allowed_ips: [...key.allowedIps],
    expires_at: key.expiresAt,
    rotated_at: key.rotatedAt,
    revoked_at: key.revokedAt,
    revoke_reason: key.revokeReason,
    saved_at: key.savedAt,
    hint: key.hint,
  };
}

function rolesToJson(roles: readonly RoleGrant[]): Json {
  return roles.map(({ role, accounts }) => ({
    role,
    accounts: accounts === null ? null : accounts === '*' ? '*' : [...accounts],
  }));
}
