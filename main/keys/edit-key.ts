import { addAccounts } from './add-accounts.ts';
import { resolveAllowedIps } from './allowed-ips.ts';
import { KeysmithError } from './errors.ts';
import { resolveExpiry } from './expiry.ts';
import { parsePermissions, requirePublicSafe } from './grants.ts';
import type { Key, RoleGrant } from './key.ts';
import { requireClock, requireLiveKey, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { resolveRoles } from './roles.ts';
import { parseDescription, parseOwner } from './text.ts';
import { writeEditedKey } from './write-edited-key.ts';

export interface EditKeyRequest {
  /** Key ID or `service/name`. */
  readonly key: string;
  readonly description?: string | undefined;
  readonly owner?: string | undefined;
  /** The whole new list. */
  readonly permissions?: readonly string[] | undefined;
  /** The whole new list. */
  readonly roles?: readonly RoleGrant[] | undefined;
  /** Put accounts that the roles name into the catalog where it does not have them. */
  readonly addAccounts?: boolean | undefined;
  /** The whole new list, as `parseAllowedIps` reads it; empty: every address. */
  readonly allowedIps?: string | undefined;
  readonly expires?: string | undefined;
  /** The change the editor started from: when the key has changed since, the edit is refused. */
  readonly since?: number | undefined;
}

/**
 * Changes what is given of a key and leaves the rest; a request that changes nothing writes nothing. A signed token
 * that is handed out already cannot follow: its key is then marked as stale, until the token is reissued.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, KEY_CHANGED, TAMPERED, DESCRIPTION_INVALID, OWNER_INVALID,
 *   PERMISSION_*, ROLE_*, ACCOUNT_*, IP_INVALID, IPS_NOT_USED, EXPIRY_*, CLOCK_BEHIND, STORE_*
 */
export function editKey(ports: Ports, actor: Actor, request: EditKeyRequest): Key {
  return ports.store.change(actor, ports.clock, (tx, now) => {
    const before = requireLiveKey(tx, request.key);
    if (request.since !== undefined && request.since !== before.auditSeq) {
      throw new KeysmithError(
        'KEY_CHANGED',
        `The key ${before.id} was changed by someone else in the meantime. Nothing was saved; look at it again and repeat the change.`,
        { field: 'key' },
      );
    }
    const service = requireService(tx, before.service);
    if (request.addAccounts) addAccounts(tx, service, request.roles ?? []);
    const wanted: Key = {
      ...before,
      description:
        request.description === undefined ? before.description : parseDescription(request.description),
      owner: request.owner === undefined ? before.owner : parseOwner(request.owner),
      permissions:
        request.permissions === undefined
          ? before.permissions
          : parsePermissions(request.permissions, tx.catalog(service.ref), before.kind, before.permissions),
      roles:
        request.roles === undefined
          ? before.roles
          : resolveRoles(request.roles, tx.catalog(service.ref), before.kind, before.roles),
      allowedIps:
        request.allowedIps === undefined
          ? before.allowedIps
          : resolveAllowedIps(request.allowedIps, service.policy),
      expiresAt:
        request.expires === undefined
          ? before.expiresAt
          : resolveExpiry(request.expires, service.policy, now),
    };
    if ((wanted.expiresAt ?? Infinity) > (before.expiresAt ?? Infinity)) {
      requireClock(tx, now);
      requirePublicSafe(wanted, tx.catalog(service.ref));
    }
    return writeEditedKey(tx, before, wanted);
  });
}
