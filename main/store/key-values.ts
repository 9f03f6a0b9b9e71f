import type { KeyId, Ref } from '../keys/ids.ts';
import type { Key, Kind, RoleGrant, StoredStatus } from '../keys/key.ts';
import type { Service } from '../keys/service.ts';
import { readColumns } from './connection.ts';
import { parseJson, type SqlValue } from './seals.ts';
import type { SEALED_TABLES } from './tables.ts';

/** What a key takes from its service. */
export type OwnService = Pick<Service, 'ref' | 'slug' | 'format'>;

/** Where each column of a key stands among its values. */
export const KEY_AT = Object.fromEntries(readColumns('key').map((column, at) => [column, at])) as Readonly<
  Record<(typeof SEALED_TABLES)['key']['sealed'][number] | 'audit_seq', number>
>;

/** @param values of the columns of `readColumns('key')`: of a million keys, no objects with names are made on the way */
export function valuesToKey(values: readonly SqlValue[], tampered: boolean, service: OwnService): Key {
  return {
    ref: values[KEY_AT.ref] as Ref,
    id: values[KEY_AT.id] as KeyId,
    serviceRef: service.ref,
    service: service.slug,
    format: service.format,
    name: values[KEY_AT.name] as string,
    description: values[KEY_AT.description] as string,
    owner: values[KEY_AT.owner] as string,
    kind: values[KEY_AT.kind] as Kind,
    permissions: parseTexts(values[KEY_AT.permissions]),
    roles: parseRoles(values[KEY_AT.roles]),
    allowedIps: parseTexts(values[KEY_AT.allowed_ips]),
    status: values[KEY_AT.status] as StoredStatus,
    createdAt: values[KEY_AT.created_at] as number,
    createdBy: values[KEY_AT.created_by] as string,
    expiresAt: values[KEY_AT.expires_at] as number | null,
    rotatedAt: values[KEY_AT.rotated_at] as number | null,
    revokedAt: values[KEY_AT.revoked_at] as number | null,
    revokeReason: values[KEY_AT.revoke_reason] as string,
    hint: values[KEY_AT.hint] as string,
    savedAt: values[KEY_AT.saved_at] as number | null,
    stale: values[KEY_AT.stale] === 1,
    credentials: values[KEY_AT.credentials] as number,
    auditSeq: values[KEY_AT.audit_seq] as number,
    tampered,
  };
}

/** A row that was edited by hand may hold anything: what is not of the right shape is passed over. */
function parseTexts(json: unknown): readonly string[] {
  // Most lists are empty, and a million keys have three each.
  if (json === '[]') return [];
  return onlyTexts(parseJson<unknown[]>(json, []));
}

export function onlyTexts(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter(text => typeof text === 'string') : [];
}

function parseRoles(json: unknown): readonly RoleGrant[] {
  if (json === '[]') return [];
  return onlyRoles(parseJson<unknown[]>(json, []));
}

export function onlyRoles(list: unknown): readonly RoleGrant[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((grant: unknown): RoleGrant[] => {
    const { role, accounts } = (grant ?? {}) as Record<string, unknown>;
    if (typeof role !== 'string') return [];
    if (accounts === null || accounts === '*') return [{ role, accounts }];
    if (!Array.isArray(accounts)) return [];
    return [{ role, accounts: accounts.filter(account => typeof account === 'string') }];
  });
}
