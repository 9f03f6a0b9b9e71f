import { cpSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { bringUpToDate, type UpdateProgress } from '../../../main/store/bring-up-to-date.ts';
import { MIGRATIONS } from '../../../main/store/migrate.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import { FAILING_MIGRATIONS, NEXT_MIGRATIONS } from '../../rig/children/synthetic-migrations.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { runNode } from '../../rig/run-node.ts';
import { runTogether } from '../../rig/start-together.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const NOW = MIGRATIONS.length;
const NEXT = { migrations: NEXT_MIGRATIONS };
const MIGRATE = join(import.meta.dirname, '../../rig/children/migrate.ts');

const copiesIn = (home: string) =>
  readdirSync(home)
    .filter(name => /^keysmith\.before-v\d+-\d{14}\.db$/.test(name))
    .sort();

test('a database of the version before is migrated, and a private copy of it is kept', async () => {
  const { home, path } = await madeInstallation();
  await bringUpToDate(path, NEXT);
  expect(contentOf(path)).toMatchObject({ version: NOW + 1, keys: 2, integrity: 'ok' });
  expect(namesIn(path)).toEqual(['first', 'second']);

  const [copy = '', ...others] = copiesIn(home);
  expect(others).toEqual([]);
  expect(copy).toMatch(new RegExp(`^keysmith\\.before-v${NOW}-`));
  expect(modeOf(join(home, copy))).toBe('600');
  expect(contentOf(join(home, copy))).toMatchObject({ version: NOW, keys: 2, integrity: 'ok', synthetic: 0 });
  // The copy is a database that this version opens.
  const aside = temporaryFolder();
  cpSync(home, aside, { recursive: true });
  cpSync(join(home, copy), join(aside, 'keysmith.db'));
  expect(jsonOf(await keysmith({ home: aside }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });

  const refused = refusalOf(await keysmith({ home }, 'key', 'list', '--json'));
  expect(refused).toMatchObject({
    code: 'STORE_NEWER',
    message: expect.stringContaining(`schema ${NOW + 1}`),
  });
});

test('a database of today is opened without a copy and without a change', async () => {
  const { home, path } = await madeInstallation();
  const before = fingerprint(home);
  openDatabase(path).close();
  expect(fingerprint(home)).toEqual(before);
});

test('a migration that fails half-way is rolled back, and leaves the copy', async () => {
  const { home, path } = await madeInstallation();
  await expect(bringUpToDate(path, { migrations: FAILING_MIGRATIONS })).rejects.toThrow(
    'This step fails half-way.',
  );
  expect(contentOf(path)).toMatchObject({ version: NOW, keys: 2, halfDone: 0 });
  const copies = copiesIn(home);
  expect(copies).toHaveLength(1);
  expect(jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  // The copy is as good for the next try.
  await bringUpToDate(path, NEXT);
  expect(copiesIn(home)).toEqual(copies);
});

test('of all copies the newest three are kept', async () => {
  const { home, path } = await madeInstallation();
  const old = ['20240101000000', '20250101000000', '20250601000000'].map(
    time => `keysmith.before-v1-${time}.db`,
  );
  for (const name of old) writeFileSync(join(home, name), '');
  writeFileSync(join(home, 'keysmith.before-the-holidays.db'), 'not one of ours');
  await bringUpToDate(path, NEXT);
  const copies = copiesIn(home);
  expect(copies).toHaveLength(3);
  expect(copies.slice(0, 2)).toEqual(old.slice(1));
  expect(readdirSync(home)).toContain('keysmith.before-the-holidays.db');
});

test('two processes that migrate at once do it once, both go on, and one copy is kept', async () => {
  for (let race = 0; race < 5; race += 1) {
    const { home, path } = await madeInstallation();
    const outcomes = await runTogether(MIGRATE, [[path], [path]]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(contentOf(path)).toMatchObject({ version: NOW + 1, keys: 2, synthetic: 1, integrity: 'ok' });
    const [copy = '', ...others] = copiesIn(home);
    expect(others).toEqual([]);
    expect(contentOf(join(home, copy))).toMatchObject({ version: NOW, keys: 2, integrity: 'ok' });
  }
});

test('a migration killed at any moment is finished by the next start, with one copy and no drafts', async () => {
  const { home } = await madeInstallation();
  const lived = await runMigration(copyOf(home), 0);
  expect(lived).toMatchObject({ code: 0, err: '' });
  const calls = Number(lived.out.replace('ready\n', ''));
  const before = { unchanged: 0, migrated: 0 };
  for (let call = 1; call <= calls; call += 1) {
    const folder = copyOf(home);
    const { out, err } = await runMigration(folder, call);
    expect(out, `call ${call}: ${err}`).toBe('ready\n');
    const database = join(folder, 'keysmith.db');
    const { version, ...found } = contentOf(database);
    expect(found, `call ${call}: ${err}`).toMatchObject({ integrity: 'ok', keys: 2 });
    if (version === NOW) before.unchanged += 1;
    else {
      before.migrated += 1;
      expect(copiesIn(folder), `call ${call}: ${err}`).toHaveLength(1);
    }

    await bringUpToDate(database, NEXT);
    expect(contentOf(database), `call ${call}: ${err}`).toMatchObject({
      version: NOW + 1,
      integrity: 'ok',
      keys: 2,
      synthetic: 1,
    });
    const [copy = '', ...others] = copiesIn(folder);
    expect(others, `call ${call}: ${err}`).toEqual([]);
    expect(contentOf(join(folder, copy)), `call ${call}: ${err}`).toMatchObject({
      version: NOW,
      integrity: 'ok',
      keys: 2,
    });
    expect(readdirSync(folder).sort()).toEqual([copy, 'keysmith.db', 'vault.age', 'vault.head'].sort());
  }
  expect(before.unchanged).toBeGreaterThan(10);
  expect(before.migrated).toBeGreaterThan(0);
});

test('a half copy that a process left is not taken for one', async () => {
  const { home, path } = await madeInstallation();
  for (const suffix of ['', '-journal', '-wal'])
    writeFileSync(join(home, `keysmith.before-migration.new${suffix}`), 'half a copy');
  // Not one of ours, though it has the name of one.
  writeFileSync(join(home, `keysmith.before-v${NOW}-20260101000000.db`), 'no database');
  await bringUpToDate(path, NEXT);
  const copies = copiesIn(home);
  expect(copies).toHaveLength(2);
  expect(contentOf(join(home, copies[1] ?? ''))).toMatchObject({ version: NOW, integrity: 'ok', keys: 2 });
  expect(readdirSync(home).filter(name => name.includes('.new'))).toEqual([]);
});

test('a copy of another state is no copy of this one', async () => {
  const { home, path } = await madeInstallation();
  await expect(bringUpToDate(path, { migrations: FAILING_MIGRATIONS })).rejects.toThrow();
  const [old = ''] = copiesIn(home);
  renameSync(join(home, old), join(home, `keysmith.before-v${NOW}-20260101000000.db`));
  jsonOf(await keysmith({ home }, 'key', 'create', '--service', 'team-api', '--name', 'third', '--json'));
  await bringUpToDate(path, NEXT);
  expect(copiesIn(home).map(copy => contentOf(join(home, copy)).keys)).toEqual([2, 3]);
});

test('where the disk has not the room, nothing is done, and the sentence says how much it takes', async () => {
  const { home, path } = await madeInstallation();
  const before = fingerprint(home);
  const { size } = statSync(path);
  await expect(bringUpToDate(path, { ...NEXT, freeBytes: () => size })).rejects.toMatchObject({
    code: 'STORE_FULL',
    message: expect.stringContaining('Nothing was changed; free some space and try again.'),
  });
  expect(fingerprint(home)).toEqual(before);
});

test('a migration tells how far it is: the copy in pages, then each step', async () => {
  const { path } = await madeInstallation();
  const told: UpdateProgress[] = [];
  await bringUpToDate(path, { ...NEXT, onProgress: progress => told.push(progress) });
  const copied = told.filter(({ kind }) => kind === 'copying');
  expect(copied.at(-1)).toMatchObject({ done: expect.any(Number), total: expect.any(Number) });
  const steps = { kind: 'changing', step: 1, steps: 1, subject: 'synthetic' };
  expect(told.slice(copied.length)).toEqual([
    { ...steps, done: 0, total: 1 },
    { ...steps, done: 1, total: 2 },
  ]);
});

const runMigration = (home: string, dieAt: number) =>
  runNode(MIGRATE, [join(home, 'keysmith.db'), String(dieAt)], process.env, 'go\n');

function copyOf(home: string): string {
  const copy = temporaryFolder();
  cpSync(home, copy, { recursive: true });
  return copy;
}

function namesIn(path: string) {
  const db = new Database(path, { fileMustExist: true });
  try {
    return db.prepare('SELECT name FROM synthetic ORDER BY name').pluck().all();
  } finally {
    db.close();
  }
}

async function madeInstallation(): Promise<{ home: string; path: string }> {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  for (const name of ['first', 'second']) {
    jsonOf(await keysmith({ home }, 'key', 'create', '--service', 'team-api', '--name', name, '--json'));
  }
  return { home, path: join(home, 'keysmith.db') };
}

function contentOf(path: string) {
  const db = new Database(path, { fileMustExist: true });
  const tables = (name: string) =>
    db.prepare<[string], number>('SELECT count(*) FROM sqlite_schema WHERE name = ?').pluck().get(name);
  try {
    return {
      version: db.pragma('user_version', { simple: true }),
      integrity: db.pragma('integrity_check', { simple: true }),
      keys: db.prepare('SELECT count(*) FROM key').pluck().get(),
      synthetic: tables('synthetic'),
      halfDone: tables('half_done'),
    };
  } finally {
    db.close();
  }
}
