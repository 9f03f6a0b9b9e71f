import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

interface Damage {
  readonly name: string;
  readonly damage: (path: string) => void;
  readonly code: string;
  readonly says: string;
  /** The file is whole and only not for this program: an older copy of it would be no help. */
  readonly whole?: true;
}

const DAMAGES: readonly Damage[] = [
  {
    name: 'of a newer schema',
    damage: path => alter(path, 'PRAGMA user_version = 99'),
    code: 'STORE_NEWER',
    says: 'was written by a newer Keysmith (schema 99',
    whole: true,
  },
  {
    name: "another program's",
    damage: path => alter(path, 'PRAGMA application_id = 1234'),
    code: 'STORE_FOREIGN',
    says: 'is a database of another program (application_id 0x000004d2',
  },
  {
    name: 'a text file',
    damage: path => writeFileSync(path, 'This is not a database. '.repeat(100)),
    code: 'STORE_FOREIGN',
    says: 'is not an SQLite database',
  },
  {
    name: 'empty',
    damage: path => truncateSync(path, 0),
    code: 'STORE_EMPTY',
    says: 'is empty: a file of 0 bytes',
  },
  {
    name: 'cut within its header',
    damage: path => truncateSync(path, 50),
    code: 'STORE_DAMAGED',
    says: 'its header is damaged',
  },
  {
    name: 'cut in the middle',
    damage: path => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
    code: 'STORE_DAMAGED',
    says: 'is damaged',
  },
  {
    name: 'zeroed at its start',
    damage: path => overwrite(path, 0, 4096, 0),
    code: 'STORE_DAMAGED',
    says: 'its header is damaged',
  },
  {
    name: 'overwritten after its first page',
    damage: path => overwrite(path, 4096, Number.MAX_SAFE_INTEGER, 0xa5),
    code: 'STORE_DAMAGED',
    says: 'is damaged',
  },
  { name: 'gone', damage: path => rmSync(path), code: 'STORE_MISSING', says: 'There is no database at' },
];

const COMMANDS = [
  ['key', 'list'],
  ['key', 'create', '--service', 'team-api', '--name', 'never'],
  ['vault', 'status'],
  ['audit', 'verify'],
];

test.for(DAMAGES)('a database that is $name is refused as $code, and never made anew', async each => {
  const home = await madeInstallation();
  const path = join(home, 'keysmith.db');
  each.damage(path);
  const before = fingerprint(home);
  for (const argv of COMMANDS) {
    const outcome = await keysmith({ home }, ...argv, '--json');
    expect(outcome).toMatchObject({ code: 1, out: '' });
    const { code, message } = refusalOf(outcome);
    expect({ code, message }).toMatchObject({ code: each.code, message: expect.stringContaining(each.says) });
    expect(message).not.toContain('before-v');
  }
  expect(fingerprint(home)).toEqual(before);
});

test.for(DAMAGES.filter(({ whole }) => !whole))(
  'the sentence about a database that is $name names the last copy',
  async ({ damage, code }) => {
    const home = await madeInstallation();
    const path = join(home, 'keysmith.db');
    for (const time of ['20260101000000', '20260301000000', '20260201000000']) {
      copyFileSync(path, join(home, `keysmith.before-v1-${time}.db`));
    }
    damage(path);
    const before = fingerprint(home);
    const refused = refusalOf(await keysmith({ home }, 'key', 'list', '--json'));
    expect(refused).toMatchObject({
      code,
      message: expect.stringContaining(
        `The last copy is ${join(home, 'keysmith.before-v1-20260301000000.db')}.`,
      ),
    });
    expect(fingerprint(home)).toEqual(before);
  },
);

test('init never replaces a file that stands where the database would be', async () => {
  for (const content of ['', 'anything']) {
    const home = temporaryFolder();
    writeFileSync(join(home, 'keysmith.db'), content);
    const before = fingerprint(home);
    expect(refusalOf(await keysmith({ home }, 'init', '--json')).code).toBe('STORE_EXISTS');
    expect(fingerprint(home)).toEqual(before);
    expect(existsSync(join(home, 'vault.age'))).toBe(false);
  }
});

test('wherever one page is overwritten, no command answers from it as if nothing were wrong', async () => {
  const home = await madeInstallation();
  const path = join(home, 'keysmith.db');
  const whole = readFileSync(path);
  const list = await keysmith({ home }, 'key', 'list', '--json');
  for (let page = 1; page < whole.length / 4096; page += 1) {
    writeFileSync(path, whole);
    overwrite(path, page * 4096, (page + 1) * 4096, 0xa5);
    const verified = await keysmith({ home }, 'audit', 'verify', '--json');
    expect(`page ${page}: exit ${verified.code}`).toBe(`page ${page}: exit 1`);
    expect(['STORE_DAMAGED', 'TAMPERED']).toContain(refusalOf(verified).code);
    const listed = await keysmith({ home }, 'key', 'list', '--json');
    if (listed.code === 0) expect(listed.out).toBe(list.out);
    else expect(refusalOf(listed).code).toBe('STORE_DAMAGED');
  }
});

async function madeInstallation(): Promise<string> {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  for (const name of ['first', 'second', 'third']) {
    jsonOf(await keysmith({ home }, 'key', 'create', '--service', 'team-api', '--name', name, '--json'));
  }
  return home;
}

function alter(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

function overwrite(path: string, start: number, end: number, byte: number): void {
  const bytes = readFileSync(path);
  bytes.fill(byte, start, Math.min(end, bytes.length));
  writeFileSync(path, bytes);
}
