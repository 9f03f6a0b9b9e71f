import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../main/store/migrate.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import { FAILING_MIGRATIONS, NEXT_MIGRATIONS } from '../../rig/children/synthetic-migrations.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { runTogether } from '../../rig/start-together.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const NOW = MIGRATIONS.length;
const MIGRATE = join(import.meta.dirname, '../../rig/children/migrate.ts');

const copiesIn = (home: string) =>
  readdirSync(home)
    .filter(name => /^keysmith\.before-v\d+-\d{14}\.db$/.test(name))
    .sort();

test('a database of the version before is migrated, and a private copy of it is kept', async () => {
  const { home, path } = await madeInstallation();
  const db = openDatabase(path, NEXT_MIGRATIONS);
  expect(db.pragma('user_version', { simple: true })).toBe(NOW + 1);
  expect(db.prepare('SELECT name FROM synthetic ORDER BY name').pluck().all()).toEqual(['first', 'second']);
  db.close();

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
  expect(() => openDatabase(path, FAILING_MIGRATIONS)).toThrow('This step fails half-way.');
  expect(contentOf(path)).toMatchObject({ version: NOW, keys: 2, halfDone: 0 });
  expect(copiesIn(home)).toHaveLength(1);
  expect(jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
});

test('of all copies the newest three are kept', async () => {
  const { home, path } = await madeInstallation();
  const old = ['20240101000000', '20250101000000', '20250601000000'].map(
    time => `keysmith.before-v1-${time}.db`,
  );
  for (const name of old) writeFileSync(join(home, name), '');
  writeFileSync(join(home, 'keysmith.before-the-holidays.db'), 'not one of ours');
  openDatabase(path, NEXT_MIGRATIONS).close();
  const copies = copiesIn(home);
  expect(copies).toHaveLength(3);
  expect(copies.slice(0, 2)).toEqual(old.slice(1));
  expect(readdirSync(home)).toContain('keysmith.before-the-holidays.db');
});

test('two processes that migrate at once do it once, both go on, and every copy is of the version before', async () => {
  for (let race = 0; race < 5; race += 1) {
    const { home, path } = await madeInstallation();
    const outcomes = await runTogether(MIGRATE, [[path], [path]]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(contentOf(path)).toMatchObject({ version: NOW + 1, keys: 2, synthetic: 1, integrity: 'ok' });
    const copies = copiesIn(home);
    expect(copies.length).toBeGreaterThan(0);
    for (const copy of copies) {
      expect(contentOf(join(home, copy))).toMatchObject({ version: NOW, keys: 2, integrity: 'ok' });
    }
  }
});

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
