import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { findHalfWritten } from '../../rig/half-written.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { runTogether } from '../../rig/start-together.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const CREATE_KEYS = join(import.meta.dirname, '../../rig/children/create-keys.ts');
const EACH = 200;

test(`two processes create ${EACH} keys each at once: all are there, and the log holds`, async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const outcomes = await runTogether(
    CREATE_KEYS,
    ['one', 'two'].map(prefix => [home, prefix, String(EACH)]),
  );
  for (const outcome of outcomes) expect(outcome).toMatchObject({ code: 0, err: '' });
  const printed = outcomes.flatMap(({ out }) => out.trim().split('\n'));
  expect(new Set(printed).size).toBe(2 * EACH);

  const session = await openSession({ home });
  const query = { sort: { field: 'created', descending: false }, limit: 10_000 } as const;
  const { keys } = session.store.keys(query, 0);
  expect(new Set(keys.map(({ id }) => id))).toEqual(new Set(printed));
  expect(new Set(keys.map(({ name }) => name)).size).toBe(2 * EACH);
  expect(findHalfWritten(session.store.connection.db)).toEqual([]);
  expect(await verifyAudit(session)).toMatchObject({ ok: true, findings: [] });
  await session.close();
});

test('of two processes that want the same names, one gets each, and the other is told', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const outcomes = await runTogether(CREATE_KEYS, [
    [home, 'same', '1'],
    [home, 'same', '1'],
  ]);
  expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 1]);
  expect(outcomes.map(({ err }) => err).join('')).toContain('NAME_TAKEN');
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toHaveLength(1);
});

test('a change that another process does not let through in time is refused with a sentence', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const other = new Database(join(home, 'keysmith.db'));
  other.exec('BEGIN IMMEDIATE');
  try {
    const create = ['key', 'create', '--service', 'team-api', '--name', 'ci', '--json'];
    const refused = await keysmith({ home }, ...create);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refusalOf(refused)).toMatchObject({
      code: 'STORE_BUSY',
      message: expect.stringContaining('Another process is writing'),
    });
    // Reading goes on beside a writer.
    expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toEqual([]);
    other.exec('ROLLBACK');
    jsonOf(await keysmith({ home }, ...create));
  } finally {
    other.close();
  }
});
