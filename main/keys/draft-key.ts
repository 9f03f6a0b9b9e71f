import { resolveAllowedIps } from './allowed-ips.ts';
import { resolveExpiry } from './expiry.ts';
import { parsePermissions, requireKind } from './grants.ts';
import type { KeyId, Seconds } from './ids.ts';
import type { Credential, Key, Kind, RoleGrant } from './key.ts';
import { toAuditRecord } from './key-json.ts';
import type { Actor } from './operator.ts';
import type { Change, Draft } from './ports.ts';
import type { CatalogRow, Service } from './service.ts';
import { parseDescription, parseName, parseOwner } from './text.ts';

/** What is asked of a new key. */
export interface KeyRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly owner?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly permissions?: readonly string[] | undefined;
  readonly roles?: readonly RoleGrant[] | undefined;
  /** As `parseAllowedIps` reads it; absent or empty: every address. */
  readonly allowedIps?: string | undefined;
  /** As `parseExpiry` reads it; absent takes the policy's default. */
  readonly expires?: string | undefined;
}

/** What an administrator decides about a key, checked against its service. */
export type KeyDraft = Pick<
  Key,
  'name' | 'description' | 'owner' | 'kind' | 'permissions' | 'roles' | 'allowedIps' | 'expiresAt'
>;

type FirstCredential = Pick<Credential, 'hint' | 'savedAt'>;

/** The kind that a key gets where none is asked for. */
export function defaultKind({ policy }: Service): Kind {
  return policy.kinds[0] ?? 'private';
}

/**
 * Checks everything about a new key but its roles, which may name accounts that are added to the catalog first, and
 * whether its name is free.
 *
 * @throws NAME_INVALID, DESCRIPTION_INVALID, OWNER_INVALID, KIND_NOT_ALLOWED, PERMISSION_UNKNOWN,
 *   PERMISSION_NOT_PUBLIC, IP_INVALID, IPS_NOT_USED, EXPIRY_*, TAMPERED
 */
export function draftWithoutRoles(
  service: Service,
  catalog: readonly CatalogRow[],
  request: KeyRequest,
  now: Seconds,
): Omit<KeyDraft, 'roles'> {
  const name = parseName(request.name);
  const description = parseDescription(request.description ?? '');
  const owner = parseOwner(request.owner ?? '');
  const kind = requireKind(request.kind ?? defaultKind(service), service.policy.kinds);
  return {
    name,
    description,
    owner,
    kind,
    permissions: parsePermissions(request.permissions ?? [], catalog, kind),
    allowedIps: resolveAllowedIps(request.allowedIps ?? '', service.policy),
    expiresAt: resolveExpiry(request.expires, service.policy, now),
  };
}

/** A key as it is when its first secret was just made. */
export function completeKey(
  service: Service,
  draft: KeyDraft,
  { id, now, actor, credential }: { id: KeyId; now: Seconds; actor: Actor; credential: FirstCredential },
): Draft<Key> {
  return {
    id,
    serviceRef: service.ref,
    service: service.slug,
    format: service.format,
    name: draft.name,
    description: draft.description,
    owner: draft.owner,
    kind: draft.kind,
    permissions: draft.permissions,
    roles: draft.roles,
    allowedIps: draft.allowedIps,
    status: 'active',
    createdAt: now,
    createdBy: actor.name,
    expiresAt: draft.expiresAt,
    rotatedAt: null,
    revokedAt: null,
    revokeReason: '',
    hint: credential.hint,
    savedAt: credential.savedAt,
    stale: false,
    credentials: 1,
  };
}

/** The entry of the log for a key that is created. */
export function creationOf(key: Draft<Key>): Change {
  return {
    action: 'key.create',
    subject: { kind: 'key', id: key.id },
    before: null,
    after: toAuditRecord(key),
  };
}
