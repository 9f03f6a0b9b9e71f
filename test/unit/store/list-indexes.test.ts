import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { up as foundation } from '../../../main/store/migrations/0001-foundation.ts';
import { up } from '../../../main/store/migrations/0002-list-indexes.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { populate } from '../../fixtures/key-crowd.ts';

type Index = { name: string; sql: string };
const OF_KEYS =
  "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'key' AND sql IS NOT NULL";

it('gives the keys of an older version the indexes of lists, and says how far it is', async () => {
  const installation = await testInstallation();
  populate(installation);
  const { db } = installation.store.connection;
  const indexes = () => db.prepare<[], Index>(`${OF_KEYS} ORDER BY name`).all();
  const kept = indexes();
  for (const { name } of kept) db.exec(`DROP INDEX ${name}`);
  const first = new Database(':memory:');
  foundation(first);
  for (const { sql } of first.prepare<[], Index>(OF_KEYS).all()) db.exec(sql);
  first.close();
  expect(indexes()).not.toEqual(kept);
  const parts: number[] = [];
  up(db, (done, total) => parts.push(done / total));
  expect(indexes()).toEqual(kept);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts.length).toBeGreaterThan(5);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
