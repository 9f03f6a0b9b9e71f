import { z } from 'zod';
import { accountSchema, MAX_ENTRIES } from './catalog.ts';
import { given, KeysmithError } from './errors.ts';
import type { RoleGrant } from './key.ts';
import type { Writer } from './ports.ts';
import { type Service, toCatalog } from './service.ts';
import { addCatalogAccounts } from './write-catalog.ts';

/**
 * Puts accounts that roles name and the catalog does not have yet into it, titled by their ID.
 *
 * @throws ACCOUNT_INVALID
 */
export function addAccounts(tx: Writer, service: Service, roles: readonly RoleGrant[]): void {
  const catalog = toCatalog(tx.catalog(service.ref));
  const known = new Set(catalog.accounts.map(({ id }) => id));
  const scoped = new Set(catalog.roles.filter(role => role.scoped).map(({ id }) => id));
  const named = roles.flatMap(({ role, accounts }) =>
    scoped.has(role) && Array.isArray(accounts) ? accounts : [],
  );
  const missing = [...new Set(named)].filter(id => !known.has(id));
  if (missing.length === 0) return;
  if (known.size + missing.length > MAX_ENTRIES) {
    throw new KeysmithError(
      'ACCOUNT_INVALID',
      `The catalog would have ${known.size + missing.length} accounts. Allowed are up to ${MAX_ENTRIES}.`,
      { field: 'roles' },
    );
  }
  addCatalogAccounts(tx, service, missing.map(parseAccount));
}

function parseAccount(id: string) {
  const parsed = accountSchema.safeParse({ id, title: id });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new KeysmithError(
    'ACCOUNT_INVALID',
    `The account ${given(id)} cannot be used: its ${z.core.toDotPath(issue?.path ?? [])} ${issue?.message}.`,
    { field: 'roles' },
  );
}
