/** Keys that are issued from a file: which service gets them, and what a row says. */
export interface ImportedKeys {
  /** What the service is made from, as the first one of an installation. */
  readonly template: string;
  readonly service: string;
  readonly row: (nth: number) => ImportedRow;
}

interface ImportedRow {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  readonly expires: string;
}

const PERMISSIONS = ['computers:read', 'groups:read', 'people:read', 'sessions:read'];

export const IMPORTED = {
  opaque: {
    template: 'team-access-keys',
    service: 'team-api',
    row: nth => ({
      ...common(nth),
      permissions: PERMISSIONS.filter((_, bit) => (((nth % 15) + 1) & (1 << bit)) !== 0),
      roles: [],
    }),
  },
  jwt: {
    template: 'role-tokens',
    service: 'cloud-api',
    row: nth => ({ ...common(nth), permissions: [], roles: ['global-viewer'] }),
  },
} as const satisfies Readonly<Record<string, ImportedKeys>>;

export type ImportedKind = keyof typeof IMPORTED;

function common(nth: number) {
  return {
    name: `device-${String(nth).padStart(7, '0')}`,
    description: `Enrolment of device ${nth}`,
    owner: `Team ${nth % 500}`,
    expires: 'P1Y',
  };
}

/** The file that asks for so many keys (RFC 4180), piece by piece. Nothing in it has to be quoted. */
export function* importFile(kind: ImportedKind, keys: number): Generator<string> {
  yield 'name,description,owner,permissions,roles,expires\r\n';
  const PIECE = 1000;
  for (let from = 0; from < keys; from += PIECE)
    yield Array.from({ length: Math.min(PIECE, keys - from) }, (_, nth) => {
      const { name, description, owner, permissions, roles, expires } = IMPORTED[kind].row(from + nth);
      return `${[name, description, owner, permissions.join(' '), roles.join(' '), expires].join(',')}\r\n`;
    }).join('');
}
