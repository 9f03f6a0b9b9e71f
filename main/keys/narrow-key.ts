import { contains, formatRange, type IpRange, storedRanges } from './allowed-ips.ts';
import type { Key, RoleGrant } from './key.ts';

/** What a key opens, and from where. */
export type Reach = Pick<Key, 'permissions' | 'roles' | 'allowedIps'>;

/**
 * What two states of a key both allow.
 *
 * @returns null when there is no address from which both do
 */
export function narrowReach(a: Reach, b: Reach): Reach | null {
  const allowedIps = commonIps(a.allowedIps, b.allowedIps);
  if (!allowedIps) return null;
  return {
    permissions: a.permissions.filter(id => b.permissions.includes(id)),
    roles: commonRoles(a.roles, b.roles),
    allowedIps,
  };
}

function commonRoles(a: readonly RoleGrant[], b: readonly RoleGrant[]): readonly RoleGrant[] {
  return a.flatMap(grant => {
    const other = b.find(({ role }) => role === grant.role);
    const accounts = other && commonAccounts(grant.accounts, other.accounts);
    return accounts === undefined || accounts?.length === 0 ? [] : [{ role: grant.role, accounts }];
  });
}

/** A role without accounts holds wherever one for all accounts does, and also where none is asked for. */
function commonAccounts(a: RoleGrant['accounts'], b: RoleGrant['accounts']): RoleGrant['accounts'] {
  if (a === null) return b;
  if (b === null) return a;
  if (a === '*') return b;
  return b === '*' ? a : a.filter(account => b.includes(account));
}

/** SECURITY: an empty list means every address, so that what has nothing in common must not become one. */
function commonIps(a: readonly string[], b: readonly string[]): readonly string[] | null {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const others = storedRanges(b);
  const common = storedRanges(a).flatMap(range => others.flatMap(other => narrowerOf(range, other)));
  return common.length === 0 ? null : [...new Set(common.map(formatRange))].sort();
}

/** Two ranges lie one in the other, or apart. */
function narrowerOf(a: IpRange, b: IpRange): readonly IpRange[] {
  if (contains(a, b)) return [b];
  return contains(b, a) ? [a] : [];
}
