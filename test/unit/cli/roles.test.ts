import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemIo } from '../../../main/cli/io.ts';
import { buildProgram } from '../../../main/cli/run-cli.ts';
import type { AuditAction } from '../../../main/keys/audit.ts';
import { OPERATOR_ROLES, type OperatorRole } from '../../../main/keys/operator.ts';
import { hasRight, mayManageKeys, RIGHTS } from '../../../main/keys/rights.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { type CliResult, commandLine } from './run.ts';

const PASSPHRASE = 'granite lantern orchid seventeen';
const CHOSEN = 'velvet harbour cinnamon forty';

type Line = Awaited<ReturnType<typeof staffed>>;

/** An installation with one operator of each role, a service that managers manage and one that admins manage. */
async function staffed() {
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
interface Row {
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
const COMMANDS: Readonly<Record<string, readonly Row[]>> = {
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
const ELSEWHERE: Readonly<Record<string, string>> = {
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

function leaves(command: Command, path: readonly string[] = []): string[] {
  return command.commands.length === 0
    ? [path.join(' ')]
    : command.commands.flatMap(each => leaves(each, [...path, each.name()]));
}

const allowed = (role: OperatorRole, { needs, service }: Row) =>
  needs.every(action => hasRight(role, action)) &&
  (service === undefined || mayManageKeys(role, service === 'web' ? 'manager' : 'admin'));

describe('roles', () => {
  it('are asked of every command', () => {
    expect([...Object.keys(COMMANDS), ...Object.keys(ELSEWHERE)].sort()).toEqual(
      leaves(buildProgram(systemIo(WORKER))).sort(),
    );
  });

  it.each(OPERATOR_ROLES)(
    'let a %s do what the table in the domain says, and nothing else',
    async role => {
      const line = await staffed();
      const wrong: string[] = [];
      for (const [command, rows] of Object.entries(COMMANDS)) {
        for (const row of rows) {
          const argv = await row.argv(line);
          const input = await row.input?.(line);
          const before = (await line.owner('audit', 'list', '--limit', '1'))[0].seq;
          const result: CliResult = await line.as(line.names[role])([...argv, '--json'], input);
          const outcome = result.exit === 0 ? 'done' : result.error().code;
          const expected = allowed(role, row) ? 'done' : 'NOT_ALLOWED';
          if (outcome !== expected)
            wrong.push(`${command} ${row.service ?? ''}: ${outcome}, not ${expected} ${result.err}`);
          const after = (await line.owner('audit', 'list', '--limit', '1'))[0].seq;
          if (expected === 'NOT_ALLOWED' && after !== before) wrong.push(`${command}: wrote into the log`);
        }
      }
      expect(wrong).toEqual([]);
      expect((await line.owner('audit', 'verify')).findings).toEqual([]);
    },
    120_000,
  );

  it('are those of the issue: viewers change nothing, managers rotate no signing key', () => {
    const changing = Object.entries(RIGHTS).filter(
      ([action]) => !/^operator\.(change-passphrase|failed-unlock|rewrap)$/.test(action),
    );
    for (const [action, roles] of changing)
      expect([action, roles.includes('viewer')]).toEqual([action, false]);
    for (const [, roles] of changing) expect(roles).toContain('owner');
    expect(hasRight('manager', 'signing-key.rotate')).toBe(false);
    expect(mayManageKeys('manager', 'admin')).toBe(false);
  });
});

describe('an operator of a command line', () => {
  it('is named by an option or KEYSMITH_OPERATOR, and is in the log', async () => {
    const line = await staffed();
    const list = (env: Record<string, string>, ...options: string[]) =>
      line.run(['audit', 'list', '--json', ...options], '', {
        env: { KEYSMITH_HOME: line.home, KEYSMITH_PASSPHRASE: PASSPHRASE, ...env },
      });
    expect((await list({})).error()).toMatchObject({ code: 'OPERATOR_REQUIRED', field: 'operator' });
    expect((await list({ KEYSMITH_OPERATOR: 'Vic' })).exit).toBe(0);
    expect((await list({ KEYSMITH_OPERATOR: 'Vic' }, '--operator', 'Nobody')).error()).toMatchObject({
      code: 'OPERATOR_NOT_FOUND',
      field: 'operator',
    });
    expect((await list({ KEYSMITH_OPERATOR: 'Vic', KEYSMITH_PASSPHRASE: CHOSEN })).error()).toMatchObject({
      code: 'PASSPHRASE_WRONG',
      field: 'passphrase',
    });
    await line.as('Max')([
      'key',
      'create',
      '--service',
      'web',
      '--name',
      'ci',
      '--permission',
      'sessions:create',
    ]);
    expect((await line.owner('audit', 'list', '--limit', '1'))[0]).toMatchObject({
      action: 'key.create',
      actor: 'Max',
    });
  });
});

describe('the lock of a command line', () => {
  it('is switched on and off, and the vault says so', async () => {
    const { run } = commandLine({ KEYSMITH_PASSPHRASE: PASSPHRASE });
    await run(['init', '--vault', 'keychain']);
    expect((await run(['lock', 'off', '--json'])).error().code).toBe('LOCK_STATE');
    expect((await run(['lock', 'on', '--json'])).json()).toEqual({ lock: true });
    expect((await run(['lock', 'on', '--json'])).error().code).toBe('LOCK_STATE');
    expect((await run(['vault', 'status', '--json'])).json()).toMatchObject({ state: 'lock-on' });
    expect((await run(['vault', 'move', '--to', 'passphrase', '--json'])).error().code).toBe('LOCK_STATE');
    expect((await run(['audit', 'verify', '--json'])).json()).toMatchObject({ ok: true });
    expect((await run(['lock', 'off', '--json'])).json()).toEqual({ lock: false });
    expect((await run(['audit', 'verify', '--json'], '', {})).json()).toMatchObject({ ok: true });
  });

  it('stays on while there are several operators', async () => {
    const line = await staffed();
    expect((await line.as(line.names.owner)(['lock', 'off', '--json'])).error()).toMatchObject({
      code: 'LOCK_STATE',
      message: expect.stringContaining('Ada, Max, Vic'),
    });
  });
});
