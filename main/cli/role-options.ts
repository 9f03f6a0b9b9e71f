import type { RoleGrant } from '../keys/key.ts';
import type { Reader } from '../keys/ports.ts';
import { parseRoleGrant } from '../keys/roles.ts';
import { type CommonOptions, remark } from './command.ts';
import type { Io } from './io.ts';

export const ROLE = [
  '--role <role>',
  'a role: global-viewer, viewer@acc-1,acc-2 for accounts, viewer@* for all of them; repeat for several. The whole list. Accounts that the catalog does not have are added to it',
] as const;

/** Collects roles. @throws ROLE_INVALID */
export function collectRole(value: string, previous: readonly RoleGrant[] | undefined): RoleGrant[] {
  return [...(previous ?? []), parseRoleGrant(value)];
}

/** Says which accounts a change put into a service's catalog: a slip of the finger would go unnoticed. */
export function tellNewAccounts<T>(
  io: Io,
  options: CommonOptions,
  reader: Reader,
  slug: string,
  change: () => T,
): T {
  const accounts = () => {
    const service = reader.service(slug);
    const rows = service ? reader.catalog(service.ref) : [];
    return rows.filter(({ type, removed }) => type === 'account' && !removed).map(({ id }) => id);
  };
  const before = new Set(accounts());
  const result = change();
  for (const id of accounts().filter(each => !before.has(each)))
    remark(io, options, `The account ${id} was added to the catalog of ${slug}.`);
  return result;
}
