import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type BundleFiles, readBundle, readZip, sha256, textOf } from '../../fixtures/bundles.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';
import { callsApart, dieAtEveryCall, placeIn } from '../../rig/die-at-every-call.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith, openSession, PASSPHRASE, type Place } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { CLI, startNode } from '../../rig/run-node.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** Each death is looked at with several commands. */
const EVERY = callsApart(7);
const BUNDLE = ['export', 'bundle', '--service', 'team-api', '--json', '--out'];

/** A folder with an installation that has keys, and where exports go. */
async function folderWith(keys: number) {
  const folder = temporaryFolder();
  const place: Place = { home: placeIn(folder).home, passphrase: PASSPHRASE };
  jsonOf(await keysmith(place, 'init', '--vault', 'passphrase', '--json'));
  const session = await openSession(place);
  addManyKeys(session, keys);
  await session.close();
  return { folder, place };
}

/** The number of a bundle that is whole: every file as the manifest says, and signed as it stands. */
function numberOf(files: BundleFiles): number {
  const text = textOf(files, 'manifest.json');
  const manifest = JSON.parse(text);
  for (const [name, { sha256: hash }] of Object.entries<{ sha256: string }>(manifest.files))
    expect(sha256(textOf(files, name)), name).toBe(hash);
  const [, payload = ''] = textOf(files, 'manifest.jws').split('.');
  expect(Buffer.from(payload, 'base64url').toString()).toBe(text);
  return manifest.sequence;
}

async function expectGoesOn(place: Place, folder: string, atLeast: number): Promise<void> {
  expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  const next = jsonOf(await keysmith(place, ...BUNDLE, join(folder, 'next'))) as { sequence: number };
  expect(next.sequence).toBeGreaterThan(atLeast);
}

test('a bundle that replaces another, killed at any call, leaves one that is whole, and the next has a higher number', {
  timeout: 600_000,
}, async () => {
  const { folder, place } = await folderWith(3);
  jsonOf(await keysmith(place, ...BUNDLE, join(folder, 'bundle')));
  const argv = ['export', 'bundle', '--service', 'team-api', '--force', '--out', '{folder}/bundle'];
  const deaths = await dieAtEveryCall(folder, { argv, passphrase: PASSPHRASE, every: EVERY }, async death => {
    // Between two renames the older one stands beside its place.
    const old = readdirSync(death.folder).find(name => name.endsWith('.old'));
    const out = join(death.folder, existsSync(join(death.folder, 'bundle')) ? 'bundle' : (old ?? 'nowhere'));
    const number = numberOf(readBundle(out));
    expect([1, 2], death.call).toContain(number);
    await expectGoesOn({ ...death.place, passphrase: PASSPHRASE }, death.folder, number);
  });
  expect(deaths).toBeGreaterThan(20);
});

test('a signed inventory that replaces another, killed at any call, leaves a file that is whole', {
  timeout: 600_000,
}, async () => {
  const { folder, place } = await folderWith(3);
  const argv = ['export', 'inventory', '--sign', '--force', '--out'];
  jsonOf(await keysmith(place, ...argv, join(folder, 'keys.csv'), '--json'));
  jsonOf(await keysmith(place, 'key', 'create', '--service', 'team-api', '--name', 'more', '--json'));
  const mortal = { argv: [...argv, '{folder}/keys.csv'], passphrase: PASSPHRASE, every: EVERY };
  const found = new Set<number>();
  const deaths = await dieAtEveryCall(folder, mortal, async death => {
    const lines = readFileSync(join(death.folder, 'keys.csv'), 'utf8').split('\r\n');
    // The header, three keys or four, and nothing behind the last line end.
    expect([5, 6], death.call).toContain(lines.length);
    expect(lines.at(-1)).toBe('');
    found.add(lines.length);
    const at = { ...death.place, passphrase: PASSPHRASE };
    jsonOf(await keysmith(at, ...argv, join(death.folder, 'keys.csv'), '--json'));
    expect(jsonOf(await keysmith(at, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  });
  expect(deaths).toBeGreaterThan(20);
  expect(found.size, 'some died before the file was replaced and some after').toBe(2);
});

/** Starts the built command line, and sends it a signal at the nth change in the folder that it writes to. */
async function interrupted(place: Place, out: string, signal: NodeJS.Signals, nth: number) {
  const watcher = watch(join(out, '..'), { recursive: true });
  const child = startNode(CLI, [...BUNDLE, out, '--force'], {
    PATH: process.env.PATH,
    KEYSMITH_HOME: place.home,
    KEYSMITH_PASSPHRASE: PASSPHRASE,
  });
  let changes = 0;
  watcher.on('change', () => {
    changes += 1;
    if (changes === nth) child.kill(signal);
  });
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  watcher.close();
  return { code: code as number | null, signal: child.signalCode, err };
}

test('Ctrl-C ends an export with its code, and leaves what was there and nothing else', async () => {
  const { folder, place } = await folderWith(5000);
  for (const name of ['bundle', 'bundle.zip']) {
    const exports = join(temporaryFolder(), 'exports');
    const out = join(exports, name);
    mkdirSync(exports);
    jsonOf(await keysmith(place, ...BUNDLE, out));
    const before = fingerprint(exports);
    const ended = await interrupted(place, out, 'SIGINT', 1);
    expect(ended).toMatchObject({ code: 1, signal: null });
    expect(JSON.parse(ended.err).error.code).toBe('CANCELLED');
    expect(fingerprint(exports)).toEqual(before);
    expect(readdirSync(exports)).toEqual([name]);
  }
  await expectGoesOn(place, folder, 2);
});

test('kill -9 in mid-export leaves the older file, a sound database, and a higher number for the next', async () => {
  const { folder, place } = await folderWith(2000);
  const exports = join(temporaryFolder(), 'exports');
  mkdirSync(exports);
  const out = join(exports, 'bundle.zip');
  jsonOf(await keysmith(place, ...BUNDLE, out));
  let number = 1;
  let killed = 0;
  for (const nth of [1, 2, 3, 5, 8, 11, 14, 18, 22, 26, 30, 40]) {
    const { signal } = await interrupted(place, out, 'SIGKILL', nth);
    if (signal === 'SIGKILL') killed += 1;
    const there = numberOf(await readZip(out));
    expect(there).toBeGreaterThanOrEqual(number);
    number = there;
    expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  }
  expect(killed).toBeGreaterThan(5);
  await expectGoesOn(place, folder, number);
});
