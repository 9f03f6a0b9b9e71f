import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATOR_ROLES, type OperatorRole } from '../../main/keys/operator.ts';
import { hasRight } from '../../main/keys/rights.ts';
import { COMMANDS, ELSEWHERE, type Row, staffed } from '../unit/cli/command-rights.ts';
import { commandLine } from '../unit/cli/run.ts';

const PASSPHRASE = 'granite lantern orchid seventeen';

export interface PrintedJson {
  /** What `--json` printed, of every command. */
  readonly commands: ReadonlyMap<string, unknown>;
  /** … with options that make it another value. */
  readonly variants: readonly (readonly [line: string, printed: unknown])[];
}

/** Runs every command with `--json`. */
export async function jsonOfCommands(): Promise<PrintedJson> {
  const { printed, variants } = await ofInstallations();
  return { commands: new Map([...(await ofOperators()), ...printed]), variants };
}

/** Commands within an installation, as an owner gives them. */
async function ofOperators(): Promise<readonly [string, unknown][]> {
  const line = await staffed();
  const run = line.as(line.names.owner);
  const printed: [string, unknown][] = [];
  for (const [path, [row]] of Object.entries(COMMANDS)) {
    if (!row) throw new TypeError(`Nothing shows ${path}.`);
    // The bundles that are listed, and the match that is found.
    if (path === 'export bundles')
      await line.owner('export', 'bundle', '--service', 'web', '--out', join(line.folder, 'b'));
    const result = await run([...(await row.argv(line)), '--json'], await row.input?.(line));
    if (result.exit !== 0) throw new Error(`${path}: ${result.err}`);
    printed.push([path, result.json()]);
    line.clock.now += 60;
  }
  return printed;
}

/** Commands on an installation as a whole. */
async function ofInstallations() {
  const { run, folder } = commandLine({
    KEYSMITH_PASSPHRASE: PASSPHRASE,
    KEYSMITH_NEW_PASSPHRASE: 'velvet harbour cinnamon forty',
    KEYSMITH_BACKUP_PASSPHRASE: PASSPHRASE,
  });
  const printed: [string, unknown][] = [];
  const show = async (path: string, argv: readonly string[] = [], input = '') => {
    const result = await run([...path.split(' '), ...argv, '--json'], input);
    if (result.out === '') throw new Error(`${path}: ${result.err}`);
    printed.push([path, result.json()]);
    return result;
  };
  const file = (name: string) => join(folder, name);
  await show('init', ['--vault', 'keychain']);
  await show('vault status');
  const made = await run(['key', 'create', '--service', 'team-api', '--name', 'one', '--json']);
  await run(['export', 'bundle', '--service', 'team-api', '--out', file('b.zip')]);
  await run(['backup', '--out', file('k.age')]);
  writeFileSync(file('trust.json'), (await run(['signing-key', 'trust', '--json'])).out);
  await show('verify', ['--bundle', file('b.zip'), '--trust', file('trust.json')], made.json().token);
  await show('restore', [file('k.age'), '--yes', '--vault', 'passphrase']);
  await show('vault change-passphrase');
  const variants = await ofVariants(file);
  const other = commandLine({ KEYSMITH_PASSPHRASE: PASSPHRASE });
  const again = async (path: string, argv: readonly string[] = []) =>
    printed.push([path, (await other.run([...path.split(' '), ...argv, '--json'])).json()]);
  await other.run(['init', '--vault', 'keychain']);
  await again('lock on');
  await again('lock off');
  await again('vault move', ['--to', 'passphrase']);
  await again('demo');
  return { printed, variants };
}

/** Options that make `--json` print something else. */
async function ofVariants(file: (name: string) => string): Promise<PrintedJson['variants']> {
  const { run } = commandLine();
  await run(['init', '--vault', 'keychain']);
  const service = ['--service', 'team-api'];
  writeFileSync(file('keys.csv'), 'name\none\n');
  const lines: readonly (readonly [line: string, argv: readonly string[]])[] = [
    ['key create --out FILE', ['key', 'create', ...service, '--name', 'two', '--out', file('two.txt')]],
    ['key import --check', ['key', 'import', file('keys.csv'), ...service, '--check']],
    ['export inventory', ['export', 'inventory']],
    ['export bundle --dry-run', ['export', 'bundle', ...service, '--dry-run']],
    [
      'verify --check-only',
      ['verify', '--bundle', file('b.zip'), '--trust', file('trust.json'), '--check-only'],
    ],
  ];
  const variants: [string, unknown][] = [];
  for (const [line, argv] of lines) variants.push([line, (await run([...argv, '--json'])).json()]);
  return variants;
}

/** The members of what was printed, in their order, without their values. `KEY` for those of a key. */
export function shapeOf(value: unknown, key: readonly string[], depth = 0): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : shapeOf(value[0], key, depth)}]`;
  if (typeof value !== 'object' || value === null) return '';
  const members = Object.entries(value);
  if (key.length === 0 || !key.every((name, nth) => members[nth]?.[0] === name))
    return membersOf(members, key, depth);
  const more = members.slice(key.length);
  return more.length === 0 ? 'KEY' : `KEY + ${membersOf(more, key, depth)}`;
}

function membersOf(members: readonly [string, unknown][], key: readonly string[], depth: number): string {
  const shown = members.map(([name, member]) => {
    // What an entry of the log tells differs from action to action.
    const inside = depth < 2 && name !== 'before' && name !== 'after' ? shapeOf(member, key, depth + 1) : '';
    return inside === '' || inside === '[]' || inside === '{}' ? quoted(name) : `${quoted(name)}:${inside}`;
  });
  return `{${shown.join(',')}}`;
}

const quoted = (name: string) => `"${name}"`;

/** Who may run a command, by the table of rights. */
export function whoMay(path: string): string {
  const rows = COMMANDS[path];
  if (!rows) return ALONE[path] ?? (path in ELSEWHERE ? '' : fail(path));
  const [row] = rows;
  if (!row) return fail(path);
  const roles = OPERATOR_ROLES.filter(role => row.needs.every(action => hasRight(role, action)));
  const managed = row.service !== undefined && path.startsWith('key ');
  if (roles.length === OPERATOR_ROLES.length)
    return signs(rows) ? 'Everyone may; with `--sign`, all but viewers.' : '';
  return `For ${listOf(roles)}${managed ? ', as the service’s policy has it' : ''}.`;
}

const ALONE: Readonly<Record<string, string>> = {
  'vault move': 'For owners, while the lock is off.',
  'vault change-passphrase': 'For owners, while the lock is off.',
  'lock on': 'For owners.',
  'lock off': 'For owners.',
};

const signs = (rows: readonly Row[]) =>
  rows.some(({ needs }) => needs.some(action => action.endsWith('.sign')));

function listOf(roles: readonly OperatorRole[]): string {
  return new Intl.ListFormat('en-GB').format(roles.map(role => `${role}s`));
}

function fail(path: string): never {
  throw new TypeError(`Nobody says who may run ${path}.`);
}
