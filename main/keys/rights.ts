import type { AuditAction } from './audit.ts';
import { KeysmithError } from './errors.ts';
import { type Actor, OPERATOR_ROLES, type OperatorRole } from './operator.ts';
import type { Policy } from './policy.ts';

const OWNER: readonly OperatorRole[] = ['owner'];
const ADMINS: readonly OperatorRole[] = ['owner', 'admin'];
const MANAGERS: readonly OperatorRole[] = ['owner', 'admin', 'manager'];
const EVERYONE: readonly OperatorRole[] = OPERATOR_ROLES;

/**
 * Who may do what: THE table. Every change is one of these actions, and the store writes none that its operator's
 * role does not name; what changes nothing may be done by everyone.
 *
 * Of keys (`key.*`), managers have those of services whose policy is managed by managers: {@link mayManageKeys}.
 */
export const RIGHTS: Readonly<Record<AuditAction, readonly OperatorRole[]>> = {
  'installation.create': OWNER,
  'installation.move-vault': OWNER,
  'installation.change-passphrase': OWNER,
  'installation.lock-on': OWNER,
  'installation.lock-off': OWNER,
  'installation.rewrap': OWNER,
  'installation.backup': OWNER,
  'installation.restore': OWNER,
  'installation.accept-clock': ADMINS,
  'operator.create': OWNER,
  'operator.edit': OWNER,
  'operator.remove': OWNER,
  // Of oneself; of others only within a generation, which is for owners; whoever opens Keysmith after failed tries is who they are written down for.
  'operator.change-passphrase': EVERYONE,
  'operator.failed-unlock': EVERYONE,
  'operator.rewrap': EVERYONE,
  'service.create': ADMINS,
  'service.edit': ADMINS,
  'catalog.add': ADMINS,
  'catalog.edit': ADMINS,
  'catalog.remove': ADMINS,
  'key.create': MANAGERS,
  'key.edit': MANAGERS,
  'key.rename': MANAGERS,
  'key.rotate': MANAGERS,
  'key.reissue': MANAGERS,
  'key.end-grace': MANAGERS,
  'key.disable': MANAGERS,
  'key.enable': MANAGERS,
  'key.copy': MANAGERS,
  'key.reveal': MANAGERS,
  'key.revoke': MANAGERS,
  'key.remove': MANAGERS,
  'key.saved': MANAGERS,
  'key-import.begin': MANAGERS,
  'key-import.batch': MANAGERS,
  'key-import.seal': MANAGERS,
  'key-import.end': MANAGERS,
  // The first key of a purpose is made for the first token or bundle, whoever asks for it.
  'signing-key.create': MANAGERS,
  'signing-key.rotate': ADMINS,
  'signing-key.compromise': ADMINS,
  'signing-key.retire': ADMINS,
  'signing-key.rewrap': OWNER,
  'status-list.create': MANAGERS,
  'status-list.full': MANAGERS,
  'status-list.close': OWNER,
  'bundle.export': MANAGERS,
  'inventory.sign': MANAGERS,
  'audit.sign': MANAGERS,
};

export function hasRight(role: OperatorRole, action: AuditAction): boolean {
  return RIGHTS[action].includes(role);
}

/** Whether keys of a service may be managed in this role. */
export function mayManageKeys(role: OperatorRole, managedBy: Policy['managed_by']): boolean {
  return (managedBy === 'manager' ? MANAGERS : ADMINS).includes(role);
}

/** @throws NOT_ALLOWED */
export function requireRight({ name, role }: Actor, action: AuditAction): void {
  if (!hasRight(role, action)) throw notAllowed({ name, role }, action, RIGHTS[action]);
}

/** Viewers change nothing: said at once, before anything else that may be wrong. @throws NOT_ALLOWED */
export function requireChangingRole({ name, role }: Actor): void {
  if (role !== 'viewer') return;
  throw new KeysmithError(
    'NOT_ALLOWED',
    `${name} is a viewer, and viewers change nothing. Nothing was changed.`,
    { field: 'operator' },
  );
}

/** @throws NOT_ALLOWED */
export function requireKeyRight(
  actor: Actor,
  service: { readonly slug: string; readonly policy: Pick<Policy, 'managed_by'>; readonly tampered: boolean },
): void {
  // SECURITY: what somebody edited by hand gives nobody a right.
  const managedBy = service.tampered ? 'admin' : service.policy.managed_by;
  if (mayManageKeys(actor.role, managedBy)) return;
  throw new KeysmithError(
    'NOT_ALLOWED',
    `Keys of the service ${service.slug} are managed by ${managedBy === 'manager' ? 'owners, admins and managers' : 'owners and admins'}; ${actor.name} is a ${actor.role}. Nothing was changed.`,
    { field: 'operator' },
  );
}

function notAllowed({ name, role }: Actor, action: AuditAction, allowed: readonly OperatorRole[]) {
  const roles = allowed.map(each => `${each}s`);
  return new KeysmithError(
    'NOT_ALLOWED',
    `This is for ${roles.length > 1 ? `${roles.slice(0, -1).join(', ')} and ${roles.at(-1)}` : roles[0]} (${action}); ${name} is ${/^[ao]/.test(role) ? 'an' : 'a'} ${role}. Nothing was changed.`,
    { field: 'operator' },
  );
}
