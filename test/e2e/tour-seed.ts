import type { CreateKeyRequest } from '../../main/keys/create-key.ts';
import type { Seed } from './seed.ts';

const DAY = 86_400;

type TourKey = Partial<CreateKeyRequest> & { readonly name: string; readonly days: number };

const team = (
  name: string,
  owner: string,
  days: number,
  permissions: readonly string[],
  expires: string,
) => ({
  name,
  owner,
  days,
  permissions,
  expires,
});

const support = (name: string, days: number, more: Partial<CreateKeyRequest>) => ({
  name,
  days,
  service: 'support-api',
  expires: 'P1Y',
  ...more,
});

const PUBLIC = { kind: 'public', permissions: ['sessions:create', 'deferred-requests:create'] } as const;

const cloud = (
  name: string,
  owner: string,
  days: number,
  role: string,
  accounts: readonly string[] | null,
) => ({
  name,
  owner,
  days,
  service: 'cloud-api',
  permissions: [],
  roles: [{ role, accounts }],
  addAccounts: true,
  expires: 'P6M',
});

/** Oldest first, as a team of some sites would have them. */
const KEYS: readonly TourKey[] = [
  team('archive-export', 'Operations', 212, ['audit:read', 'sessions:read'], 'never'),
  team('metrics-bridge', 'Operations', 171, ['computers:read', 'groups:read'], 'P1Y'),
  support('depot-controller', 118, {
    owner: 'Kim Berg',
    description: 'Opens maintenance sessions to the depot gates',
    permissions: ['devices:list', 'devices:read', 'sessions:history'],
    allowedIps: '10.20.0.0/16, 192.0.2.17',
  }),
  cloud('policy-audit', 'Compliance', 96, 'global-viewer', null),
  team('ci-nightly', 'Platform team', 90, ['computers:read'], 'P6M'),
  support('kiosk-lyon', 74, { ...PUBLIC, owner: 'Front desk Lyon', allowedIps: '198.51.100.0/24' }),
  support('kiosk-berlin', 74, { ...PUBLIC, owner: 'Front desk Berlin', allowedIps: '203.0.113.0/24' }),
  team('partner-acme', 'Partner team', 61, ['computers:read', 'groups:read', 'people:read'], 'P90D'),
  support('website-widget', 52, {
    ...PUBLIC,
    owner: 'Web team',
    description: 'The help button on the website',
  }),
  cloud('eu-accounts', 'Kim Berg', 40, 'cloud-account-viewer', ['eu-north', 'eu-west']),
  team('laptop-okafor', 'Dana Okafor', 33, ['computers:read', 'people:read'], 'P6M'),
  team('helpdesk-bot', 'Support', 27, ['people:read'], 'P1Y'),
  support('mobile-app', 21, { ...PUBLIC, owner: 'Mobile team' }),
  support('callback-form', 16, { ...PUBLIC, owner: 'Web team' }),
  team('depot-inventory', 'Kim Berg', 12, ['computers:read', 'groups:read'], 'P6M'),
  support('reports', 9, { owner: 'Compliance', permissions: ['sessions:history', 'technicians:list'] }),
  cloud('terraform', 'Platform team', 6, 'global-admin', null),
  support('kiosk-porto', 3, { ...PUBLIC, owner: 'Front desk Porto', allowedIps: '198.51.100.64/26' }),
  team('branch-malmo', 'Branch Malmö', 1, ['computers:read'], 'P90D'),
];

/** What the pictures of the tour show: three services with keys of several ages. */
export const TOUR_SEED: Seed = {
  name: 'Northwind Logistics',
  keys: KEYS.length,
  also: ['public-private-keys', 'role-tokens'],
  special: index => {
    const { days: _, ...key } = KEYS[index] ?? { days: 0 };
    return key;
  },
  age: index => (KEYS[index]?.days ?? 0) * DAY,
  operators: {
    'Dana Okafor': 'owner',
    'Kim Berg': 'admin',
    'Luis Prado': 'manager',
    'Ines Duarte': 'viewer',
  },
};
