import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemIo } from '../../../main/cli/io.ts';
import { buildProgram } from '../../../main/cli/run-cli.ts';
import { OPERATOR_ROLES, type OperatorRole } from '../../../main/keys/operator.ts';
import { hasRight, mayManageKeys, RIGHTS } from '../../../main/keys/rights.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { CHOSEN, COMMANDS, ELSEWHERE, PASSPHRASE, type Row, staffed } from './command-rights.ts';
import { type CliResult, commandLine } from './run.ts';

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
          // A worker's clock goes on from here while a test's stands still.
          line.clock.now += 60;
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

  it('are what their names say: viewers change nothing, managers rotate no signing key', () => {
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
