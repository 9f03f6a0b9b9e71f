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

const blank: Template = {
  id: 'blank',
  title: 'Blank',
  summary: 'An empty catalog and a permissive policy: fill in what your own API needs.',
  format: 'opaque',
  service: { slug: 'api', title: 'API', prefix: 'key' },
  policy: {
    kinds: ['private'],
    expiry: { required: false, default: null, max: null, choices: ['P30D', 'P90D', 'P6M', 'P1Y'] },
    allowed_ips: false,
    rotation: null,
    renamable: true,
    managed_by: 'manager',
  },
  catalog: EMPTY_CATALOG,
};

export const TEMPLATES: readonly Template[] = [teamAccessKeys, blank];

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
