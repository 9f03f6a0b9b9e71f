import type { Catalog, RoleGrant } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';

/** For which accounts a role is given; null for a role that holds for everything. */
export function accountsWord({ accounts }: RoleGrant): string | null {
  if (accounts === null) return null;
  if (accounts === '*') return 'all accounts';
  return `${formatCount(accounts.length)} ${accounts.length === 1 ? 'account' : 'accounts'}`;
}

/** What keys of a catalog are granted, in one word; `held` is what a key has whatever its catalog says. */
export function grantsWord(
  catalog: Pick<Catalog, 'permissions' | 'roles'> | undefined,
  held?: { readonly permissions: readonly string[]; readonly roles: readonly RoleGrant[] },
): 'Permissions' | 'Roles' | 'Grants' {
  const permissions = (catalog?.permissions.length ?? 0) + (held?.permissions.length ?? 0);
  const roles = (catalog?.roles.length ?? 0) + (held?.roles.length ?? 0);
  if (roles === 0) return 'Permissions';
  return permissions === 0 ? 'Roles' : 'Grants';
}
