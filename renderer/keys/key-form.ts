import {
  type KeyView,
  type Kind,
  parseDescription,
  parseName,
  parseOwner,
  type Request,
  type ServiceDetail,
} from '../../preload/contract.ts';
import type { Problem } from '../ui/call.ts';
import { fieldRule } from '../ui/field-rule.ts';
import { type ExpiryValue, expiryLike, expiryProblem, firstExpiry, toExpires } from './expiry-choice.ts';
import { type IpValue, ipsProblem, sameIps, toAllowedIps } from './ip-entries.ts';
import { grantable } from './permission-groups.ts';
import { newAccounts, type RoleChoice, roleChoices, rolesLike, sameRoles, toRoles } from './role-choice.ts';

/** What the create and the edit dialog hold. */
export interface KeyValues {
  name: string;
  description: string;
  owner: string;
  kind: Kind;
  /** What is ticked; of it a public key gets only what is public-safe. */
  permissions: string[];
  roles: RoleChoice[];
  ips: IpValue;
  expiry: ExpiryValue;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** The values of a new key; all but the name come from the key that it is to be like. */
export function createValues(service: ServiceDetail, like: KeyView | null): KeyValues {
  const offered = new Set(service.catalog.permissions.map(({ id }) => id));
  const firstKind = service.policy.kinds[0] ?? 'private';
  return {
    name: '',
    description: like?.description ?? '',
    owner: like?.owner ?? '',
    kind: like && service.policy.kinds.includes(like.kind) ? like.kind : firstKind,
    permissions: like?.permissions.filter(id => offered.has(id)) ?? [],
    roles: rolesLike(like?.roles ?? [], service.catalog),
    ips: { entries: service.policy.allowed_ips ? (like?.allowedIps ?? []) : [], draft: '' },
    expiry: like ? expiryLike(like, service.policy, nowSeconds()) : firstExpiry(service.policy, nowSeconds()),
  };
}

export function editValues(service: ServiceDetail, key: KeyView): KeyValues {
  const { name, description, owner, kind, permissions, allowedIps } = key;
  const roles = roleChoices(key.roles);
  const expiry = { ...firstExpiry(service.policy, nowSeconds()), choice: 'keep' };
  const ips = { entries: allowedIps, draft: '' };
  return { name, description, owner, kind, permissions: [...permissions], roles, ips, expiry };
}

/** The contract's own rules, field by field. */
export function keyRules(service: ServiceDetail) {
  return {
    name: fieldRule(parseName),
    description: fieldRule(parseDescription),
    owner: fieldRule(parseOwner),
    ips: ipsProblem,
    expiry: (value: ExpiryValue) => expiryProblem(value, service.policy, nowSeconds()),
  };
}

export function toCreateRequest(service: ServiceDetail, values: KeyValues): Request<'keys:create'> {
  const { name, description, owner, kind, permissions, ips, expiry } = values;
  const roles = toRoles(values.roles, service.catalog);
  const expires = toExpires(expiry);
  const allowedIps = toAllowedIps(ips);
  return {
    service: service.slug,
    name,
    description,
    owner,
    kind,
    permissions: [...grantable(permissions, kind, service.catalog)],
    ...(roles.length === 0 ? {} : { roles }),
    ...(newAccounts(values.roles, service.catalog).length === 0 ? {} : { addAccounts: true }),
    ...(allowedIps === '' ? {} : { allowedIps }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** Only what the admin changed; null when that is nothing. */
export function toEditRequest(
  { catalog }: ServiceDetail,
  key: KeyView,
  values: KeyValues,
): Request<'keys:edit'> | null {
  const { description, owner, permissions, ips, expiry } = values;
  const expires = toExpires(expiry);
  const regranted = [...permissions].sort().join(' ') !== [...key.permissions].sort().join(' ');
  const roles = toRoles(values.roles, catalog, key.roles);
  const sameAs = toRoles(roleChoices(key.roles), catalog, key.roles);
  const added = newAccounts(values.roles, catalog, key.roles);
  const changes = {
    ...(description === key.description ? {} : { description }),
    ...(owner === key.owner ? {} : { owner }),
    ...(regranted ? { permissions } : {}),
    ...(sameRoles(roles, sameAs) ? {} : { roles }),
    ...(added.length === 0 ? {} : { addAccounts: true }),
    ...(sameIps(ips, key.allowedIps) ? {} : { allowedIps: toAllowedIps(ips) }),
    ...(expires === undefined ? {} : { expires }),
  };
  return Object.keys(changes).length === 0 ? null : { key: key.id, since: key.auditSeq, ...changes };
}

/** Whether an edit changes what the key's signed token says, while a new token would open something. */
export function outdatesToken(key: KeyView, request: Request<'keys:edit'> | null): boolean {
  if (request === null || key.format !== 'jwt') return false;
  const { permissions, roles, allowedIps, expires } = request;
  const said = [permissions, roles, allowedIps, expires].some(part => part !== undefined);
  return said && (key.status !== 'expired' || expires !== undefined);
}

const FIELDS: Readonly<Record<string, keyof KeyValues>> = {
  name: 'name',
  description: 'description',
  owner: 'owner',
  kind: 'kind',
  permissions: 'permissions',
  roles: 'roles',
  allowed_ips: 'ips',
  expires: 'expiry',
};

/** The field of the form that a failure belongs to. */
export function keyFieldOf({ field }: Problem): keyof KeyValues | undefined {
  return field === undefined ? undefined : FIELDS[field];
}
