import { given, KeysmithError } from './errors.ts';
import type { Kind, RoleGrant } from './key.ts';
import type { CatalogRow } from './service.ts';

/** What `--role` accepts, in the words of an error message. */
const FORMS =
  'Allowed are a role alone (global-viewer), with accounts (viewer@acc-1,acc-2) or with all of them (viewer@*)';

/** Reads `role`, `role@account,account` or `role@*`. @throws ROLE_INVALID */
export function parseRoleGrant(text: string): RoleGrant {
  const at = text.indexOf('@');
  const role = at < 0 ? text : text.slice(0, at);
  const accounts = at < 0 ? null : text.slice(at + 1);
  if (role === '') {
    throw new KeysmithError('ROLE_INVALID', `The role ${given(text)} cannot be read. ${FORMS}.`, {
      field: 'roles',
    });
  }
  if (accounts === null || accounts === '*') return { role, accounts };
  return {
    role,
    accounts: accounts
      .split(',')
      .map(account => account.trim())
      .filter(Boolean),
  };
}

/**
 * Reads a list of roles as {@link rolesText} writes it: separated by spaces, since commas separate accounts.
 *
 * @throws ROLE_INVALID
 */
export function parseRoleGrants(text: string): readonly RoleGrant[] {
  return text.split(/\s+/).filter(Boolean).map(parseRoleGrant);
}

/**
 * Checks the roles asked for against a service's catalog. A role that is given twice gets the accounts of both.
 *
 * @param held roles that the key holds already: what of them the catalog no longer has may stay
 * @returns each role once and its accounts, in ASCII order
 * @throws ROLE_NOT_PUBLIC, ROLE_UNKNOWN, ROLE_REQUIRED, ACCOUNTS_REQUIRED, ACCOUNTS_NOT_USED, ACCOUNT_UNKNOWN, TAMPERED
 */
export function resolveRoles(
  requested: readonly RoleGrant[],
  catalog: readonly CatalogRow[],
  kind: Kind,
  held: readonly RoleGrant[] = [],
): readonly RoleGrant[] {
  if (kind === 'public' && requested.length > 0) {
    throw new KeysmithError(
      'ROLE_NOT_PUBLIC',
      `The role ${given(requested[0]?.role ?? '')} cannot be given to a public key. Allowed for public keys are public-safe permissions only.`,
      { field: 'roles' },
    );
  }
  const offered = catalog.filter(row => !row.removed);
  const roles = new Map(offered.filter(({ type }) => type === 'role').map(row => [row.id, row]));
  const hasPermissions = offered.some(({ type }) => type === 'permission');
  if (requested.length === 0 && roles.size > 0 && !hasPermissions) {
    throw new KeysmithError(
      'ROLE_REQUIRED',
      `No role was given, and a key of this service needs at least one. Allowed are ${listOf(roles.keys())}.`,
      { field: 'roles' },
    );
  }
  const accounts = new Map(offered.filter(({ type }) => type === 'account').map(row => [row.id, row]));
  const merged = new Map<string, RoleGrant>();
  for (const grant of requested) {
    const before = held.find(({ role }) => role === grant.role);
    checkRole(grant, roles, before);
    checkAccounts(grant, accounts, before);
    merged.set(grant.role, mergeGrants(merged.get(grant.role), grant));
  }
  return [...merged.values()].sort((a, b) => (a.role < b.role ? -1 : 1));
}

function checkRole(
  grant: RoleGrant,
  roles: ReadonlyMap<string, CatalogRow>,
  before: RoleGrant | undefined,
): void {
  const row = roles.get(grant.role);
  if (!row) {
    if (before && JSON.stringify(before) === JSON.stringify(grant)) return;
    throw new KeysmithError(
      'ROLE_UNKNOWN',
      `The role ${given(grant.role)} is not in the service's catalog. Allowed are ${listOf(roles.keys())}.`,
      { field: 'roles' },
    );
  }
  if (row.tampered) throw changedByHand('role', grant.role);
  const hasAccounts = grant.accounts === '*' || (grant.accounts !== null && grant.accounts.length > 0);
  if (row.scoped && !hasAccounts) {
    throw new KeysmithError(
      'ACCOUNTS_REQUIRED',
      `The role ${given(grant.role)} is given for accounts, and none was named. Allowed are at least one account, or * for all of them.`,
      { field: 'roles' },
    );
  }
  if (!row.scoped && grant.accounts !== null) {
    throw new KeysmithError(
      'ACCOUNTS_NOT_USED',
      `The role ${given(grant.role)} holds for everything and takes no accounts. Allowed is the role alone.`,
      { field: 'roles' },
    );
  }
}

function checkAccounts(
  { accounts: asked }: RoleGrant,
  accounts: ReadonlyMap<string, CatalogRow>,
  before: RoleGrant | undefined,
): void {
  if (asked === null || asked === '*') return;
  const tampered = asked.find(account => accounts.get(account)?.tampered);
  if (tampered !== undefined) throw changedByHand('account', tampered);
  const kept = new Set(Array.isArray(before?.accounts) ? before.accounts : []);
  const unknown = asked.find(account => !accounts.has(account) && !kept.has(account));
  if (unknown === undefined) return;
  throw new KeysmithError(
    'ACCOUNT_UNKNOWN',
    `The account ${given(unknown)} is not in the service's catalog. Allowed are ${listOf(accounts.keys())}; add it first if it is missing.`,
    { field: 'roles' },
  );
}

function changedByHand(type: 'role' | 'account', id: string): KeysmithError {
  return new KeysmithError(
    'TAMPERED',
    `The ${type} ${given(id)} was changed in the catalog outside Keysmith: its seal does not hold. Nothing was changed; run "keysmith audit verify".`,
    { field: 'roles' },
  );
}

function mergeGrants(before: RoleGrant | undefined, grant: RoleGrant): RoleGrant {
  if (grant.accounts === null || grant.accounts === '*' || before?.accounts === '*') {
    return before?.accounts === '*' ? before : grant;
  }
  const accounts = new Set([...(before?.accounts ?? []), ...grant.accounts]);
  return { role: grant.role, accounts: [...accounts].sort() };
}

const SHOWN = 30;

function listOf(ids: Iterable<string>): string {
  const all = [...ids];
  if (all.length === 0) return 'none: the catalog has none yet';
  return `${all.slice(0, SHOWN).join(', ')}${all.length > SHOWN ? ' …' : ''}`;
}

/** Roles as inventories and people read them: `role`, `role@account,account` or `role@*`, separated by spaces. */
export function rolesText(roles: readonly RoleGrant[]): string {
  return roles
    .map(({ role, accounts }) =>
      accounts === null ? role : `${role}@${accounts === '*' ? '*' : accounts.join(',')}`,
    )
    .join(' ');
}
