import type { RoleGrant } from '../keys/key.ts';
import { parseRoleGrant } from '../keys/roles.ts';

export const ROLE = [
  '--role <role>',
  'a role: global-viewer, viewer@acc-1,acc-2 for accounts, viewer@* for all of them; repeat for several. Accounts that the catalog does not have are added to it',
] as const;

/** Collects roles. @throws ROLE_INVALID */
export function collectRole(value: string, previous: readonly RoleGrant[] | undefined): RoleGrant[] {
  return [...(previous ?? []), parseRoleGrant(value)];
}
