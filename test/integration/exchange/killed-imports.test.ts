import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { manyRows, type SecretLine, secretLines, secretsIn, unmatched } from '../../fixtures/imports.ts';
import { whyNoAge } from '../../rig/age.ts';
import type { FilePlace } from '../../rig/children/die-at-call.ts';
import { placeIn } from '../../rig/die-at-every-call.ts';
import { keysmith, openSession, type Place } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { CLI, runNode, startNode } from '../../rig/run-node.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const CHILD = join(import.meta.dirname, '../../rig/children/import-keys.ts');
const ROWS = 35;

const STEPS = [
  ['begun', 1],
  ['secrets-written', 1],
  ['secrets-written', 3],
  ['recorded', 2],
  ['committed', 2],
  ['committed', 4],
  ['indexed', 1],
] as const;
const ENCRYPTING = [
  ['encrypted', 1],
  ['sealed', 1],
  ['placed', 1],
  ['ended', 1],
] as const;

/** A folder with an installation and a file of keys in it. */
async function folderWithFile(rows: number): Promise<string> {
  const folder = temporaryFolder();
  const { keychainFile: _, ...place } = placeIn(folder);
  jsonOf(await keysmith(place, 'init', '--vault', 'keychain', '--json'));
  writeFileSync(join(folder, 'keys.csv'), manyRows(rows));
  return folder;
}

function copyOf(original: string) {
  const folder = temporaryFolder();
  cpSync(original, folder, { recursive: true });
  const { keychain: _, ...filePlace } = placeIn(folder);
  return { folder, filePlace, place: placeIn(folder) as Place, out: join(folder, 'secrets') };
}

const resume = (place: Place, folder: string, out: string) =>
  keysmith(
    place,
    'key',
    'import',
    join(folder, 'keys.csv'),
    '--service',
    'team-api',
    '--out',
    out,
    '--resume',
    '--json',
  );

/** Every name once, every secret with its key and every key with its secret; and all of it sound. */
async function expectWhole(place: Place, lines: readonly SecretLine[], rows: number): Promise<void> {
  expect(lines.map(({ name }) => name).sort()).toEqual(
    Array.from({ length: rows }, (_, nth) => `key-${nth + 1}`).sort(),
  );
  const session = await openSession(place);
  try {
    expect(unmatched(session, lines)).toEqual([]);
    expect(session.store.textsToIndex()).toBe(0);
    expect((await verifyAudit(session)).findings).toEqual([]);
  } finally {
    await session.close();
  }
}

async function dieAt(filePlace: FilePlace, folder: string, request: object, step: string, nth: number) {
  const args = [
    JSON.stringify(filePlace),
    join(folder, 'keys.csv'),
    JSON.stringify(request),
    step,
    String(nth),
  ];
  const { out, code } = await runNode(CHILD, args, process.env);
  expect({ out, code }, `${step} ${nth}`).toEqual({ out: '', code: null });
}

test('an import that is killed at any step goes on where it was: every name once, every secret with its key', {
  timeout: 300_000,
}, async () => {
  const original = await folderWithFile(ROWS);
  for (const [step, nth] of STEPS) {
    const { folder, filePlace, place, out } = copyOf(original);
    await dieAt(filePlace, folder, { out }, step, nth);
    jsonOf(await resume(place, folder, out));
    await expectWhole(place, secretsIn(out), ROWS);
  }
});

test('so does one whose secrets are encrypted to a recipient, and nothing is ever written as it is', {
  timeout: 300_000,
}, async ({ skip }) => {
  const why = whyNoAge();
  if (why !== undefined) return skip(why);
  const original = await folderWithFile(ROWS);
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const identityFile = join(original, 'identity.txt');
  writeFileSync(identityFile, `${identity}\n`);
  for (const [step, nth] of [STEPS[2], STEPS[4], ...ENCRYPTING]) {
    const { folder, filePlace, place, out } = copyOf(original);
    await dieAt(filePlace, folder, { out, recipient }, step, nth);
    for (const path of [out, `${out}.spool`, `${out}.new`])
      if (existsSync(path))
        expect(readFileSync(path, 'latin1'), `${step}: ${path}`).not.toContain('team_sk_');
    jsonOf(await resume(place, folder, out));
    const { stdout, status } = spawnSync('age', ['-d', '-i', identityFile, out]);
    expect(status, step).toBe(0);
    await expectWhole(place, secretLines(stdout), ROWS);
    expect(
      [`${out}.spool`, `${out}.new`].filter(path => existsSync(path)),
      step,
    ).toEqual([]);
  }
});

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

test('kill -9 of the command line in mid-import, then --resume: nothing is missing and nothing twice', {
  timeout: 300_000,
}, async () => {
  const rows = 6000;
  const folder = temporaryFolder();
  const place = { home: join(folder, 'data'), passphrase: 'nine hens on a red roof' };
  jsonOf(await keysmith(place, 'init', '--vault', 'passphrase', '--json'));
  writeFileSync(join(folder, 'keys.csv'), manyRows(rows));
  const out = join(folder, 'secrets.csv');
  const argv = ['key', 'import', join(folder, 'keys.csv'), '--service', 'team-api', '--out', out, '--json'];
  const env = { PATH: process.env.PATH, KEYSMITH_HOME: place.home, KEYSMITH_PASSPHRASE: place.passphrase };
  let killed = 0;
  // Killed as soon as a file of secrets grew by another batch or two.
  for (const batches of [1, 2, 1]) {
    const before = sizeOf(out);
    const child = startNode(CLI, [...argv, ...(before > 0 ? ['--resume'] : [])], env);
    const closed = once(child, 'close');
    const isEnough = () => sizeOf(out) > before + batches * 60_000;
    let ended = false;
    void closed.then(() => {
      ended = true;
    });
    while (!ended && !isEnough()) await new Promise(resolve => setImmediate(resolve));
    child.kill('SIGKILL');
    await closed;
    if (child.signalCode === 'SIGKILL') killed += 1;
  }
  expect(killed).toBeGreaterThan(1);
  jsonOf(await resume(place, folder, out));
  await expectWhole(place, secretsIn(out), rows);
});
