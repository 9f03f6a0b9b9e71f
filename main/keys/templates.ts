import { type Catalog, EMPTY_CATALOG } from './catalog.ts';
import { given, KeysmithError } from './errors.ts';
import type { CredentialFormat } from './key.ts';
import type { Policy } from './policy.ts';

/** A ready-made catalog and policy to start a service from. */
export interface Template {
  readonly id: string;
  readonly title: string;
  /** One sentence that says what the template is for. */
  readonly summary: string;
  readonly format: CredentialFormat;
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** What a first service made from it is called. */
  readonly service: { readonly slug: string; readonly title: string; readonly prefix: string };
}

const permission = (id: string, title: string, description: string) => ({
  id,
  title,
  description,
  public_safe: false,
});

const publicSafe = (id: string, title: string, description: string) => ({
  ...permission(id, title, description),
  public_safe: true,
});

const role = (id: string, title: string, description: string, scoped: boolean) => ({
  id,
  title,
  description,
  scoped,
});

const teamAccessKeys: Template = {
  id: 'team-access-keys',
  title: 'Team access keys',
  summary: 'Secret keys for a team’s own scripts and integrations, with permissions and an optional expiry.',
  format: 'opaque',
  service: { slug: 'team-api', title: 'Team API', prefix: 'team' },
  policy: {
    kinds: ['private'],
    expiry: { required: false, default: null, max: null, choices: ['P30D', 'P90D', 'P6M', 'P1Y'] },
    allowed_ips: false,
    rotation: null,
    renamable: true,
    managed_by: 'manager',
  },
  catalog: {
    permissions: [
      permission(
        'computers:read',
        'View computers',
        'List the team’s computers with their names, groups, tags and online state.',
      ),
      permission('computers:write', 'Manage computers', 'Rename, tag, move and remove the team’s computers.'),
      permission(
        'groups:read',
        'View groups',
        'List the groups of people and computers and who belongs to them.',
      ),
      permission(
        'groups:write',
        'Manage groups',
        'Create, change and delete groups and who belongs to them.',
      ),
      permission(
        'people:read',
        'View people',
        'List the team’s people with their roles and the state of their invitations.',
      ),
      permission('people:write', 'Manage people', 'Invite and remove people and change their roles.'),
      permission('access:read', 'View access rights', 'Read which people may connect to which computers.'),
      permission(
        'access:write',
        'Manage access rights',
        'Decide which people may connect to which computers.',
      ),
      permission(
        'deployment:write',
        'Deploy computers',
        'Create and withdraw the tokens by which new computers join the team.',
      ),
      permission(
        'sessions:read',
        'View session history',
        'Read who was connected to which computer, from when to when.',
      ),
      permission(
        'audit:read',
        'View the audit log',
        'Read every recorded action of the team’s people and keys.',
      ),
    ],
    roles: [],
    accounts: [],
  },
};

const MAX_ONE_YEAR = { required: true, default: 'P1Y', max: 'P1Y', choices: ['P30D', 'P90D', 'P6M', 'P1Y'] };

const publicPrivateKeys: Template = {
  id: 'public-private-keys',
  title: 'Public and private keys',
  summary:
    'Private keys for servers and public ones for web pages and devices, bound to addresses, for a year at most.',
  format: 'opaque',
  service: { slug: 'support-api', title: 'Support API', prefix: 'sup' },
  policy: {
    kinds: ['private', 'public'],
    expiry: MAX_ONE_YEAR,
    allowed_ips: true,
    rotation: 'P90D',
    renamable: true,
    managed_by: 'manager',
  },
  catalog: {
    permissions: [
      publicSafe('sessions:create', 'Create a session', 'Start a new remote support session.'),
      permission(
        'sessions:history',
        'Read session history',
        'List past sessions with their people and times.',
      ),
      publicSafe(
        'deferred-requests:create',
        'Create a deferred support request',
        'File a request for support that a technician takes up later.',
      ),
      permission('technicians:list', 'List technicians', 'List the technicians with their state and groups.'),
      permission('technicians:read', 'View a technician', 'Read the details of one technician.'),
      permission('technicians:create', 'Add technicians', 'Add technicians and invite them.'),
      permission(
        'technicians:update',
        'Change technicians',
        'Change the details, groups and rights of technicians.',
      ),
      permission('technicians:delete', 'Remove technicians', 'Take technicians off the account.'),
      permission('devices:list', 'List devices', 'List the devices with their groups and online state.'),
      permission('devices:read', 'View a device', 'Read the details of one device.'),
      permission('devices:create', 'Add devices', 'Enrol devices for unattended access.'),
      permission('devices:update', 'Change devices', 'Rename devices and move them between groups.'),
      permission('devices:delete', 'Remove devices', 'Take devices off the account.'),
    ],
    roles: [],
    accounts: [],
  },
};

const roleTokens: Template = {
  id: 'role-tokens',
  title: 'Role tokens',
  summary: 'Signed tokens that carry roles, for everything or for chosen accounts, and always expire.',
  format: 'jwt',
  service: { slug: 'cloud-api', title: 'Cloud API', prefix: 'cloud' },
  policy: {
    kinds: ['private'],
    expiry: { required: true, default: 'P6M', max: null, choices: ['P1M', 'P3M', 'P6M', 'P1Y'] },
    allowed_ips: true,
    rotation: null,
    renamable: false,
    managed_by: 'admin',
  },
  catalog: {
    permissions: [],
    roles: [
      role('global-admin', 'Global Admin', 'Use every function, without limits.', false),
      role('global-viewer', 'Global Viewer', 'See everything, change nothing.', false),
      role(
        'cloud-account-viewer',
        'Cloud Account Viewer',
        'See the chosen cloud accounts, or all of them, and change nothing.',
        true,
      ),
    ],
    accounts: [],
  },
};

const blank: Template = {
  id: 'blank',
  title: 'Blank',
  summary: 'An empty catalog and a permissive policy: fill in what your own API needs.',
  format: 'opaque',
  service: { slug: 'api', title: 'API', prefix: 'key' },
  policy: {
    kinds: ['private', 'public'],
    expiry: { required: false, default: null, max: null, choices: ['P30D', 'P90D', 'P6M', 'P1Y'] },
    allowed_ips: true,
    rotation: null,
    renamable: true,
    managed_by: 'manager',
  },
  catalog: EMPTY_CATALOG,
};

export const TEMPLATES: readonly Template[] = [teamAccessKeys, publicPrivateKeys, roleTokens, blank];

/** @throws TEMPLATE_UNKNOWN */
export function findTemplate(id: string): Template {
  const template = TEMPLATES.find(candidate => candidate.id === id);
  if (template) return template;
  throw new KeysmithError(
    'TEMPLATE_UNKNOWN',
    `The template ${given(id)} does not exist. Allowed are ${TEMPLATES.map(candidate => candidate.id).join(', ')}.`,
    { field: 'template' },
  );
}
