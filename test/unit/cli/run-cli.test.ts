import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemIo } from '../../../main/cli/io.ts';
import { buildProgram } from '../../../main/cli/run-cli.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { commandLine } from './run.ts';

function leaves(command: Command, path: string[] = []): [string, Command][] {
  return command.commands.flatMap(child =>
    child.commands.length > 0
      ? leaves(child, [...path, child.name()])
      : [[[...path, child.name()].join(' '), child] as [string, Command]],
  );
}

const commands = leaves(buildProgram(systemIo(WORKER)));

describe('every command', () => {
  it.each(commands)('%s has --json, --help and a description', (_, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
    expect(command.helpInformation()).toContain('--help');
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
  });

  it('is there', () => {
    expect(commands.map(([name]) => name)).toEqual([
      'init',
      'service list',
      'service show',
      'service create',
      'service edit',
      'service import',
      'key create',
      'key list',
      'key show',
      'key edit',
      'key rename',
      'key disable',
      'key enable',
      'key rotate',
      'key reissue',
      'key end-grace',
      'key copy',
      'key revoke',
      'key remove',
      'key find',
      'key saved',
      'key bulk',
      'key import',
      'signing-key list',
      'signing-key show',
      'signing-key rotate',
      'signing-key compromise',
      'signing-key retire',
      'signing-key reissue',
      'signing-key jwks',
      'signing-key trust',
      'audit list',
      'audit export',
      'audit verify',
      'export inventory',
      'export bundle',
      'export bundles',
      'verify',
      'operator list',
      'operator add',
      'operator edit',
      'operator remove',
      'operator change-passphrase',
      'lock on',
      'lock off',
      'backup',
      'restore',
      'vault status',
      'vault move',
      'vault change-passphrase',
      'demo',
    ]);
  });
});

describe('exit codes', () => {
  it.each([
    [['--help'], 0],
    [['--version'], 0],
    [['key', 'create', '--help'], 0],
    [['nothing'], 2],
    [['key', 'create'], 2],
    [['key', 'list', '--status', 'gone'], 2],
    [['key', 'list', '--limit', '0'], 2],
    [['key', 'list', '--bogus'], 2],
    [['init', '--template', 'nope'], 2],
    [['key', 'list'], 1],
  ] as const)('%j exits %i', async (argv, exit) => {
    expect((await commandLine().run(argv)).exit).toBe(exit);
  });

  it.each([
    [['key', 'list', '--json', '--bogus'], "unknown option '--bogus'"],
    [['key', 'rename', 'web/one', '--json'], "missing required argument 'name'"],
    [
      ['export', 'bundle', '--service', 'web', '--json'],
      "required option '--out <folder|file.zip>' not specified",
    ],
    [
      ['key', 'show', 'web/one', `api_sk_${'a'.repeat(16)}_${'a'.repeat(49)}`, '--json'],
      "too many arguments for 'show'. Expected 1 argument but got 2: web/one, [token].",
    ],
  ])('%j is said to be wrong usage as JSON, and nothing else is said', async (argv, message) => {
    const { exit, out, err, error } = await commandLine().run(argv);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toBe(`${JSON.stringify({ error: error() })}\n`);
    expect(error()).toEqual({ code: 'USAGE', message: expect.stringContaining(message), field: null });
    expect(err).not.toContain('aaaa');
  });

  it('of a missing installation says how to make one', async () => {
    const answer = await commandLine().run(['key', 'list', '--json']);
    expect(answer.error()).toMatchObject({ code: 'STORE_MISSING', field: null });
    expect(answer.error().message).toContain('keysmith init');
  });
});

describe('the passphrase', () => {
  it('comes from a file, the environment or a prompt', async () => {
    const line = commandLine({ KEYSMITH_PASSPHRASE: 'correct horse' });
    expect((await line.run(['init', '--json'])).json()).toMatchObject({ vault: 'passphrase' });
    expect((await line.run(['key', 'list', '--json'])).exit).toBe(0);
    const without = { env: { KEYSMITH_HOME: line.folder } };
    expect((await line.run(['key', 'list', '--json'], '', without)).error()).toMatchObject({
      code: 'VAULT_PASSPHRASE_REQUIRED',
      field: 'passphrase',
    });
    const prompted = { ...without, ask: async () => 'correct horse' };
    expect((await line.run(['key', 'list', '--json'], '', prompted)).exit).toBe(0);
    const wrong = { ...without, ask: async () => 'wrong horse' };
    expect((await line.run(['key', 'list', '--json'], '', wrong)).error().code).toBe(
      'VAULT_PASSPHRASE_WRONG',
    );
  });

  it('is asked twice when it is chosen at a prompt', async () => {
    const answers = ['correct horse', 'battery staple'];
    const slip = { ask: async () => answers.shift() ?? '' };
    const line = commandLine();
    expect((await line.run(['init', '--vault', 'passphrase', '--json'], '', slip)).error().code).toBe(
      'VAULT_PASSPHRASE_WRONG',
    );
    expect((await line.run(['key', 'list', '--json'])).error().code).toBe('STORE_MISSING');
  });
});

describe('init', () => {
  it('does not touch an installation that exists', async () => {
    const line = commandLine();
    await line.run(['init']);
    const entries = [...line.keychain.entries];
    expect((await line.run(['init', '--json'])).error().code).toBe('STORE_EXISTS');
    expect([...line.keychain.entries]).toEqual(entries);
  });

  it('takes what it is told', async () => {
    const line = commandLine();
    const answer = await line.run([
      'init',
      '--json',
      '--operator',
      'Dana',
      '--name',
      'Vault room',
      '--template',
      'blank',
      '--service',
      'own',
      '--prefix',
      'own',
      '--audience',
      'https://own.example',
      '--vault',
      'keychain',
    ]);
    expect(answer.json()).toMatchObject({
      name: 'Vault room',
      operator: 'Dana',
      service: 'own',
      prefix: 'own',
      audience: 'https://own.example',
      vault: 'keychain',
      folder: line.folder,
    });
    expect((await line.run(['service', 'show', 'own', '--json'])).json()).toMatchObject({
      catalog: { permissions: [], roles: [], accounts: [] },
      policy: { renamable: true },
    });
  });
});

describe('the demo', () => {
  it('holds in every step', async () => {
    const answer = await commandLine().run(['demo', '--json']);
    expect(answer.json()).toMatchObject({ ok: true });
    expect(answer.exit).toBe(0);
    expect(answer.json().steps.length).toBeGreaterThan(15);
  });
});

describe('a policy', () => {
  it('can be given a limit and be freed of it again', async () => {
    const { run } = commandLine();
    await run(['init']);
    const edit = async (...options: string[]) =>
      (await run(['service', 'edit', 'team-api', '--json', ...options])).json().policy;
    expect(await edit('--expiry-max', '400d', '--expiry-default', 'P6M', '--rotation', 'P90D')).toMatchObject(
      { expiry: { max: '400d', default: 'P6M' }, rotation: 'P90D' },
    );
    expect(
      await edit('--expiry-max', 'none', '--expiry-default', 'none', '--rotation', 'none'),
    ).toMatchObject({ expiry: { max: null, default: null }, rotation: null });
    expect(await edit('--kind', 'private', '--kind', 'public')).toMatchObject({
      kinds: ['private', 'public'],
    });
    expect((await run(['service', 'edit', 'team-api', '--kind', 'bogus'])).exit).toBe(2);
  });
});

it('takes a key ID that begins with a hyphen for what it is, wherever it stands', async () => {
  const { run } = commandLine();
  await run(['init', '--vault', 'keychain']);
  const kid = `-${'a'.repeat(42)}`;
  for (const argv of [
    ['signing-key', 'show', kid, '--json'],
    ['signing-key', 'compromise', '--json', kid, '--reason', 'stolen'],
  ]) {
    const { exit, error } = await run(argv);
    expect([exit, error().code]).toEqual([1, 'SIGNING_KEY_NOT_FOUND']);
  }
});
