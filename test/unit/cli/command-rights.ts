import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditAction } from '../../../main/keys/audit.ts';
import type { OperatorRole } from '../../../main/keys/operator.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { commandLine } from './run.ts';

export const PASSPHRASE = 'granite lantern orchid seventeen';
export const CHOSEN = 'velvet harbour cinnamon forty';

type Line = Awaited<ReturnType<typeof staffed>>;

/** An installation with one operator of each role, a service that managers manage and one that admins manage. */
export async function staffed() {
  const env: Record<string, string> = {
    KEYSMITH_PASSPHRASE: PASSPHRASE,
    KEYSMITH_NEW_PASSPHRASE: PASSPHRASE,
    KEYSMITH_BACKUP_PASSPHRASE: CHOSEN,
  };
  const line = commandLine(env);
  const as = (operator: string) => (argv: readonly string[], input?: string) =>
    line.run([...argv, '--operator', operator], input);
  const first = await line.run(['init', '--vault', 'keychain', '--json']);
  const { operator } = first.json();
  const owner = async (...argv: string[]) => {
    const result = await as(operator)([...argv, '--json']);
    if (result.exit !== 0) throw new Error(`${argv.join(' ')}: ${result.err}`);
    return result.json();
  };
  await owner('service', 'create', 'web', '--template', 'public-private-keys');
  await owner('service', 'create', 'sc', '--template', 'role-tokens');
  const names: Record<OperatorRole, string> = {
    owner: operator,
    admin: 'Ada',
    manager: 'Max',
    viewer: 'Vic',
  };
  for (const role of ['admin', 'manager', 'viewer'] as const)
    await owner('operator', 'add', names[role], '--role', role);
  let made = 0;
  const key = async (service: string, ...options: string[]): Promise<string> => {
    made += 1;
    const grants = service === 'sc' ? ['--role', 'global-viewer'] : ['--permission', 'sessions:create'];
    const { key } = await owner(
      'key',
      'create',
      '--service',
      service,
      '--name',
      `k${made}`,
      ...grants,
      ...options,
    );
    return key.id;
  };
  const kid = async (purpose: 'token' | 'trust', state: string): Promise<string> => {
    await owner('signing-key', 'rotate', '--purpose', purpose);
    if (state === 'verifying') await owner('signing-key', 'rotate', '--purpose', purpose);
    const keys: { kid: string; purpose: string; state: string }[] = await owner('signing-key', 'list');
    return keys.findLast(each => each.purpose === purpose && each.state === state)?.kid ?? '';
  };
  return {
    ...line,
    home: line.folder,
    as,
    owner,
    names,
    key,
    kid,
    folder: temporaryFolder(),
    unique: () => `n${++made}`,
  };
}

/** What a command needs: actions of the table, with keys of a service, or nothing but to be there. */
export interface Row {
  readonly needs: readonly AuditAction[];
  readonly service?: 'web' | 'sc';
  readonly argv: (line: Line) => Promise<readonly string[]> | readonly string[];
  readonly input?: (line: Line) => Promise<string>;
}

const read = (...argv: string[]): Row => ({ needs: [], argv: () => argv });

/** A command on a key, of a service that managers manage and of one that only admins manage. */
function ofKeys(
  action: AuditAction,
  argv: (line: Line, service: 'web' | 'sc') => Promise<readonly string[]>,
  services: readonly ('web' | 'sc')[] = ['web', 'sc'],
): readonly Row[] {
  return services.map(service => ({ needs: [action], service, argv: line => argv(line, service) }));
}

const out = ({ folder, unique }: Line) => join(folder, unique());

/** Every command that opens an installation, with what a run of it needs. */
export const COMMANDS: Readonly<Record<string, readonly Row[]>> = {
  'service list': [read('service', 'list')],
  'service show': [read('service', 'show', 'web')],
  'service create': [{ needs: ['service.create'], argv: ({ unique }) => ['service', 'create', unique()] }],
  'service edit': [
    { needs: ['service.edit'], argv: ({ unique }) => ['service', 'edit', 'web', '--title', unique()] },
  ],
  'service import': [
    {
      needs: ['catalog.add'],
      argv: async line => {
        const file = out(line);
        const service = line.unique();
        await line.owner('service', 'create', service);
        const permission = { id: 'a', title: 'A', description: '', public_safe: false };
        writeFileSync(file, JSON.stringify({ permissions: [permission], roles: [], accounts: [] }));
        return ['service', 'import', file, '--service', service];
      },
    },
  ],
  'key create': ofKeys('key.create', async (line, service) => [
    'key',
    'create',
    '--service',
    service,
    '--name',
    line.unique(),
    ...(service === 'sc' ? ['--role', 'global-viewer'] : ['--permission', 'sessions:create']),
  ]),
  'key list': [read('key', 'list')],
  'key show': [{ needs: [], argv: async line => ['key', 'show', await line.key('web')] }],
  'key edit': ofKeys('key.edit', async (line, service) => [
    'key',
    'edit',
    await line.key(service),
    '--owner',
    'somebody',
  ]),
  'key rename': ofKeys(
    'key.rename',
    async (line, service) => ['key', 'rename', await line.key(service), line.unique()],
    ['web'],
  ),
  'key disable': ofKeys('key.disable', async (line, service) => ['key', 'disable', await line.key(service)]),
  'key enable': ofKeys('key.enable', async (line, service) => {
    const id = await line.key(service);
    await line.owner('key', 'disable', id);
    return ['key', 'enable', id];
  }),
  'key rotate': ofKeys('key.rotate', async (line, service) => ['key', 'rotate', await line.key(service)]),
  'key reissue': ofKeys('key.reissue', async (line, service) => ['key', 'reissue', await line.key(service)], [
    'sc',
  ]),
  'key end-grace': ofKeys('key.end-grace', async (line, service) => {
    const id = await line.key(service);
    await line.owner('key', 'saved', id);
    await line.owner('key', 'rotate', id, '--grace', '1d');
    return ['key', 'end-grace', id];
  }),
  'key copy': ofKeys('key.copy', async line => ['key', 'copy', await line.key('web', '--kind', 'public')], [
    'web',
  ]),
  'key revoke': ofKeys('key.revoke', async (line, service) => ['key', 'revoke', await line.key(service)]),
  'key remove': ofKeys('key.remove', async (line, service) => ['key', 'remove', await line.key(service)]),
  'key find': [{ needs: [], argv: () => ['key', 'find'], input: line => line.key('web') }],
  'key saved': ofKeys('key.saved', async (line, service) => ['key', 'saved', await line.key(service)]),
  'key bulk': [
    ...(['web', 'sc'] as const).map(service => ({
      needs: ['key.disable'] as const,
      service,
      argv: () => ['key', 'bulk', 'disable'],
      input: (line: Line) => line.key(service),
    })),
  ],
  'key import': ofKeys('key-import.begin', async (line, service) => {
    const file = out(line);
    const grant = service === 'sc' ? 'roles\nX,global-viewer' : 'permissions\nX,sessions:create';
    writeFileSync(file, `name,${grant.replace('X', line.unique())}\n`);
    return ['key', 'import', file, '--service', service, '--out', out(line)];
  }),
  'signing-key list': [read('signing-key', 'list')],
  'signing-key show': [
    { needs: [], argv: async ({ kid }) => ['signing-key', 'show', await kid('token', 'active')] },
  ],
  'signing-key rotate': [
    { needs: ['signing-key.rotate'], argv: () => ['signing-key', 'rotate'] },
    { needs: ['signing-key.rotate'], argv: () => ['signing-key', 'rotate', '--purpose', 'trust'] },
  ],
  'signing-key compromise': [
    {
      needs: ['signing-key.compromise'],
      argv: async ({ kid }) => ['signing-key', 'compromise', await kid('token', 'active')],
    },
  ],
  'signing-key retire': [
    {
      needs: ['signing-key.retire'],
      argv: async ({ kid }) => ['signing-key', 'retire', await kid('token', 'verifying')],
    },
  ],
  'signing-key reissue': [
    {
      needs: ['key.reissue'],
      service: 'sc',
      argv: async line => {
        const kid = await line.kid('token', 'active');
        await line.key('sc');
        await line.owner('signing-key', 'rotate');
        return ['signing-key', 'reissue', kid, '--out', out(line)];
      },
    },
  ],
  'signing-key jwks': [read('signing-key', 'jwks')],
  'signing-key trust': [
    {
      needs: [],
      argv: async ({ kid }) => {
        await kid('trust', 'active');
        return ['signing-key', 'trust'];
      },
    },
  ],
  'audit list': [read('audit', 'list')],
  'audit export': [
    { needs: [], argv: line => ['audit', 'export', '--out', out(line)] },
    { needs: ['audit.sign'], argv: line => ['audit', 'export', '--sign', '--out', out(line)] },
  ],
  'audit verify': [read('audit', 'verify')],
  'export inventory': [
    { needs: [], argv: line => ['export', 'inventory', '--format', 'csv', '--out', out(line)] },
    {
      needs: ['inventory.sign'],
      argv: line => ['export', 'inventory', '--format', 'csv', '--sign', '--out', out(line)],
    },
  ],
  'export bundle': [
    {
      needs: ['bundle.export'],
      argv: line => ['export', 'bundle', '--service', 'web', '--out', out(line)],
    },
    { needs: [], argv: () => ['export', 'bundle', '--service', 'web', '--dry-run'] },
  ],
  'export bundles': [read('export', 'bundles', '--service', 'web')],
  backup: [{ needs: ['installation.backup'], argv: line => ['backup', '--out', out(line)] }],
  'operator list': [read('operator', 'list')],
  'operator add': [
    {
      needs: ['operator.create'],
      argv: ({ unique }) => ['operator', 'add', unique(), '--role', 'viewer'],
    },
  ],
  'operator edit': [
    {
      needs: ['operator.edit'],
      argv: async line => {
        const name = line.unique();
        await line.owner('operator', 'add', name, '--role', 'viewer');
        return ['operator', 'edit', name, '--role', 'manager'];
      },
    },
  ],
  'operator remove': [
    {
      needs: ['operator.remove'],
      argv: async line => {
        const name = line.unique();
        await line.owner('operator', 'add', name, '--role', 'viewer');
        return ['operator', 'remove', name];
      },
    },
  ],
  'operator change-passphrase': [
    { needs: ['operator.change-passphrase'], argv: () => ['operator', 'change-passphrase'] },
  ],
};

/** Those whose outcome an installation with several operators cannot show: each has a test of its own. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  init: 'makes the installation, and its owner',
  verify: 'opens no installation',
  'vault status': 'opens no installation',
  demo: 'makes an installation of its own',
  restore: 'guarded by the passphrase of the backup',
  'vault move': 'refused while the lock is on',
  'vault change-passphrase': 'refused while the lock is on',
  'lock on': 'refused while the lock is on',
  'lock off': 'refused while there are several operators',
};
