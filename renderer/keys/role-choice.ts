import type { Catalog, RoleGrant } from '../../preload/contract.ts';

/** A role as the form holds it. */
export interface RoleChoice {
  /** Tells rows apart, whatever is chosen in them. */
  readonly row: number;
  /** Empty until one is chosen. */
  readonly role: string;
  readonly all: boolean;
  /** Account IDs; what is not in the catalog was typed anew. */
  readonly accounts: readonly string[];
}

let rows = 0;

export function noRole(): RoleChoice {
  rows += 1;
  return { row: rows, role: '', all: false, accounts: [] };
}

/** The rows of what a key holds; for none, a row in which nothing is chosen yet. */
export function roleChoices(grants: readonly RoleGrant[]): RoleChoice[] {
  if (grants.length === 0) return [noRole()];
  return grants.map(({ role, accounts }) => ({
    ...noRole(),
    role,
    all: accounts === '*',
    accounts: Array.isArray(accounts) ? accounts : [],
  }));
}

/** Of what another key holds, what a new one can be given. */
export function rolesLike(grants: readonly RoleGrant[], catalog: Catalog): RoleChoice[] {
  const roles = new Set(catalog.roles.map(({ id }) => id));
  const accounts = new Set(catalog.accounts.map(({ id }) => id));
  return roleChoices(
    grants
      .filter(({ role }) => roles.has(role))
      .map(({ role, accounts: held }) => ({
        role,
        accounts: Array.isArray(held) ? held.filter(id => accounts.has(id)) : held,
      })),
  );
}

/** Whether a role is given for accounts. What the catalog no longer has is what its key made of it. */
export function isScoped(role: string, catalog: Catalog, held: readonly RoleGrant[]): boolean {
  const entry = catalog.roles.find(({ id }) => id === role);
  if (entry) return entry.scoped;
  return (held.find(grant => grant.role === role)?.accounts ?? null) !== null;
}

/** The rows as the contract takes them; a row in which nothing was chosen asks for nothing. */
export function toRoles(
  choices: readonly RoleChoice[],
  catalog: Catalog,
  held: readonly RoleGrant[] = [],
): { role: string; accounts: string[] | '*' | null }[] {
  return choices
    .filter(({ role }) => role !== '')
    .map(({ role, all, accounts }) => ({
      role,
      accounts: isScoped(role, catalog, held) ? (all ? '*' : [...accounts]) : null,
    }));
}

/** Accounts that the catalog gets when the form is saved. */
export function newAccounts(
  choices: readonly RoleChoice[],
  catalog: Catalog,
  held: readonly RoleGrant[] = [],
): readonly string[] {
  const known = new Set([
    ...catalog.accounts.map(({ id }) => id),
    // What the key holds already stays as it is, also where the catalog lost it.
    ...held.flatMap(({ accounts }) => (Array.isArray(accounts) ? accounts : [])),
  ]);
  const asked = toRoles(choices, catalog, held).flatMap(({ accounts }) =>
    Array.isArray(accounts) ? accounts : [],
  );
  return [...new Set(asked)].filter(id => !known.has(id));
}

/** Whether two lists of rows ask for the same, in whatever order. */
export function sameRoles(one: ReturnType<typeof toRoles>, other: ReturnType<typeof toRoles>): boolean {
  const text = (roles: typeof one) =>
    JSON.stringify(
      roles
        .map(({ role, accounts }) => [role, Array.isArray(accounts) ? [...accounts].sort() : accounts])
        .sort(([a], [b]) => String(a).localeCompare(String(b))),
    );
  return text(one) === text(other);
}
