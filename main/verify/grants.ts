import { hasMembers, isCatalogId, isRecord } from './shapes.ts';

/** A role as a key or a token holds it: `accounts` is null for a global role, `*` for all accounts. */
export interface RoleGrant {
  readonly role: string;
  readonly accounts: readonly string[] | '*' | null;
}

/** What a key or a token opens. */
export interface Grants {
  readonly permissions: readonly string[];
  readonly roles: readonly RoleGrant[];
}

export function isPermissions(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isCatalogId);
}

export function isRoles(value: unknown): value is readonly RoleGrant[] {
  return Array.isArray(value) && value.every(isRole);
}

function isRole(value: unknown): boolean {
  if (!isRecord(value) || !hasMembers(value, ['role', 'accounts']) || !isCatalogId(value.role)) return false;
  const { accounts } = value;
  return accounts === null || accounts === '*' || (Array.isArray(accounts) && accounts.every(isCatalogId));
}

/** What a service asks for; undefined: nothing of the kind. */
export interface Asked {
  readonly permission: string | undefined;
  readonly role: string | undefined;
  /** Only with a role. */
  readonly account: string | undefined;
}

/** Names match exactly: there are no wildcards, and no role contains another. */
export function areGranted({ permission, role, account }: Asked, { permissions, roles }: Grants): boolean {
  return (
    (permission === undefined || permissions.includes(permission)) &&
    (role === undefined || roles.some(grant => grant.role === role && covers(grant, account)))
  );
}

/**
 * SECURITY: a role that is given for accounts never holds without one, even when it is given for all: a service that
 * forgot to ask would let one account's key into every account.
 */
function covers({ accounts }: RoleGrant, account: string | undefined): boolean {
  if (accounts === null) return true;
  return account !== undefined && (accounts === '*' || accounts.includes(account));
}
