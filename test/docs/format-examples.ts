import { createCipheriv } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../unit/cli/run.ts';

/** One installation's files, made by its commands with a clock that stands still and random bytes that are always the same. */
export async function exampleFiles() {
  const line = commandLine();
  let command = 0;
  const out = join(line.folder, 'out');
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(out, name);
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const run = async (...argv: readonly string[]) => {
    // A stream for each: how much one takes is no concern of the next.
    const result = await line.run(argv, '', { random: sameBytes(++command) });
    if (result.exit !== 0) throw new Error(`${argv.join(' ')}: ${result.err}`);
    return result;
  };
  const json = async (...argv: readonly string[]) => (await run(...argv, '--json')).json();
  const create = (service: string, name: string, ...more: readonly string[]) =>
    json('key', 'create', '--service', service, '--name', name, ...more);

  const { operator, installation } = await json('init', '--name', 'Example Ltd', '--vault', 'keychain');
  await run('service', 'create', 'cloud-api', '--template', 'role-tokens');
  const opaque = await create(
    'team-api',
    'nightly-sync',
    '--owner',
    'Dana Okafor',
    '--permission',
    'computers:read',
    '--expires',
    'P6M',
  );
  const lost = await create('team-api', '=lost, "old"', '--permission', 'groups:read');
  const signed = await create(
    'cloud-api',
    'auditor',
    '--role',
    'global-viewer',
    '--role',
    'cloud-account-viewer@acc-1',
    '--allow-ip',
    '192.0.2.0/24',
  );
  line.clock.now += 3600;
  await run('key', 'revoke', lost.key.id, '--reason', 'laptop lost');
  line.clock.now += 3600;
  writeFileSync(file('trust.json'), (await run('signing-key', 'trust')).out);
  await run('export', 'bundle', '--service', 'team-api', '--out', file('team'));
  await run('export', 'bundle', '--service', 'cloud-api', '--out', file('cloud'));
  const verified = ['--bundle', file('team'), '--trust', file('trust.json'), '--state', file('state.json')];
  await run('verify', ...verified, '--check-only');
  await run('export', 'inventory', '--out', file('inventory.csv'), '--sign');
  await run('export', 'inventory', '--format', 'json', '--out', file('inventory.json'));
  await run('audit', 'export', '--out', file('audit.ndjson'), '--sign');
  const { kid } = (await json('signing-key', 'list', '--purpose', 'token'))[0];
  await run('signing-key', 'rotate');
  await run('signing-key', 'reissue', '--out', file('reissued.ndjson'), '--', kid);
  writeFileSync(file('keys.csv'), 'name,permissions\ndepot-1,computers:read\n');
  await run('key', 'import', file('keys.csv'), '--service', 'team-api', '--out', file('secrets.csv'));
  const { catalog } = await json('service', 'show', 'cloud-api');
  return {
    operator: String(operator),
    installation: String(installation),
    read,
    opaque,
    signed,
    catalog,
    names: readdirSync(file('team'), { recursive: true, encoding: 'utf8' }),
  };
}

/** A stream of bytes that look random: the same for the same number. */
function sameBytes(nth: number): (size: number) => Buffer {
  const stream = createCipheriv('aes-256-ctr', Buffer.alloc(32, nth), Buffer.alloc(16));
  return size => stream.update(Buffer.alloc(size));
}

/** What differs from run to run, since signing keys are made by the system: shown as `…`. */
const DIFFERENT: ReadonlySet<string> = new Set([
  ...['kid', 'x', 'y', 'lst', 'head', 'mac', 'manifest', 'handover'],
  // An owner is called like the account of the machine.
  ...['actor', 'created_by'],
]);

/** JSON as people read it, or on one line, without what differs from run to run. */
export function shownJson(value: unknown, { oneLine = false, hide = '' } = {}): string {
  const mask = (name: string, member: unknown) =>
    typeof member === 'string' && (DIFFERENT.has(name) || name === hide) ? '…' : member;
  return JSON.stringify(value, mask, oneLine ? undefined : 2);
}

/** Lines of NDJSON, each as {@link shownJson} has it. */
export function shownLines(ndjson: string): string {
  return ndjson
    .split('\n')
    .filter(line => line !== '')
    .map(line => shownJson(JSON.parse(line), { oneLine: true }))
    .join('\n');
}

/** A compact JWS's header and payload. */
export function partsOf(jws: string): { readonly header: unknown; readonly payload: unknown } {
  const [header = '', payload = ''] = jws.trim().split('.');
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: decode(header), payload: decode(payload) };
}
