import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { formatTime } from '../../../main/keys/expiry.ts';
import { findKey } from '../../../main/keys/find-key.ts';
import { toKeyRecord } from '../../../main/keys/key-json.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { encodeFields, type Row, type SqlValue } from '../../../main/store/seals.ts';
import { SEALED_TABLE_NAMES, SEALED_TABLES, UNSEALED_TABLES } from '../../../main/store/tables.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

/** An installation with a key, a revoked key and a removed one. */
async function populated() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const issue = (name: string) =>
    createKey(ports, actor, { service: 'team-api', name, permissions: ['people:read'] });
  const live = issue('live');
  const revoked = issue('revoked');
  revokeKey(ports, actor, { key: revoked.key.id });
  const removed = issue('removed');
  removeKey(ports, actor, { key: removed.key.id });
  return { ...installation, live, revoked, removed };
}

const db = ({ store }: TestInstallation) => store.connection.db;
const run = (installation: TestInstallation, sql: string, ...values: SqlValue[]) =>
  db(installation)
    .prepare(sql)
    .run(...values);
const findings = async (installation: TestInstallation) => (await verifyAudit(installation)).findings;

describe('the encoding under a seal', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.uint8Array().map(bytes => Buffer.from(bytes)),
  );

  it('never gives two lists of values the same text', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(encodeFields(a)).not.toBe(encodeFields(b));
      }),
    );
  });

  it('notices a byte that moves from one column to the next', () => {
    expect(encodeFields(['ab', 'c'])).not.toBe(encodeFields(['a', 'bc']));
    expect(encodeFields(['1'])).not.toBe(encodeFields([1]));
    expect(encodeFields([''])).not.toBe(encodeFields([null]));
  });
});

describe('every table', () => {
  it('is sealed, or is listed with the reason why not', async () => {
    const installation = await testInstallation();
    const tables = db(installation)
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'key\\_text\\_%' ESCAPE '\\'",
      )
      .all();
    expect(tables.map(({ name }) => name).sort()).toEqual(
      [...SEALED_TABLE_NAMES, ...Object.keys(UNSEALED_TABLES)].sort(),
    );
  });

  it.each(SEALED_TABLE_NAMES)('%s has every column sealed or listed with a reason', async table => {
    const installation = await testInstallation();
    const columns = db(installation)
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
      .all(table);
    const { sealed, exempt } = SEALED_TABLES[table];
    expect(columns.map(({ name }) => name).sort()).toEqual(
      [...sealed, ...Object.keys(exempt), 'audit_seq', 'seal'].sort(),
    );
  });

  it('is STRICT', async () => {
    const installation = await testInstallation();
    const loose = db(installation)
      .prepare<[], { name: string }>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(loose).toEqual([]);
  });
});

/** Another value of the same type that the table's checks allow. */
function another(installation: TestInstallation, table: string, column: string, value: SqlValue): SqlValue {
  const choices: Record<string, SqlValue[]> = {
    vault: ['passphrase', 'keychain'],
    role: ['owner', 'viewer'],
    format: ['opaque', 'jwt'],
    type: ['permission', 'role'],
    kind: ['private', 'public'],
    status: ['active', 'revoked'],
    state: ['current', 'previous'],
    refused_reason: ['revoked', 'removed'],
    policy: ['{}', '[]'],
    record: ['{}', '[]'],
  };
  const allowed = choices[column];
  if (allowed) return allowed.find(choice => choice !== value) ?? null;
  if (Buffer.isBuffer(value)) return Buffer.alloc(value.length, 7);
  if (typeof value === 'string') return value.startsWith('[') ? '["x"]' : `${value}x`;
  if (typeof value === 'number')
    return ['removed', 'public_safe', 'scoped', 'stale', 'lock_enabled'].includes(column)
      ? 1 - value
      : value + 1000;
  const type = db(installation)
    .prepare<[string, string], { type: string }>('SELECT type FROM pragma_table_info(?) WHERE name = ?')
    .get(table, column)?.type;
  return type === 'TEXT' ? 'x' : type === 'BLOB' ? Buffer.alloc(32) : 1;
}

const FILLED = ['installation', 'operator', 'service', 'catalog', 'key', 'credential', 'tombstone'] as const;

describe('editing the database by hand', () => {
  it.each(FILLED)('is found in every column of %s', async table => {
    const installation = await populated();
    expect(await findings(installation)).toEqual([]);
    db(installation).pragma('foreign_keys = OFF');
    const row = db(installation).prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ref LIMIT 1`).get() ?? {};
    const columns = [
      ...SEALED_TABLES[table].sealed,
      ...Object.keys(SEALED_TABLES[table].exempt),
      'audit_seq',
      'seal',
    ];
    const unnoticed: string[] = [];
    for (const column of columns) {
      const value = row[column] ?? null;
      run(installation, 'SAVEPOINT edit');
      run(
        installation,
        `UPDATE ${table} SET ${column} = ? WHERE ref = ?`,
        another(installation, table, column, value),
        row.ref ?? null,
      );
      if ((await findings(installation)).length === 0) unnoticed.push(column);
      run(installation, 'ROLLBACK TO edit');
      run(installation, 'RELEASE edit');
    }
    expect(unnoticed).toEqual([]);
  });

  it('shows the key as tampered on its next read, and refuses to change it', async () => {
    const installation = await populated();
    const { ports, actor, store, live } = installation;
    run(installation, `UPDATE key SET permissions = '["people:write"]' WHERE ref = ?`, live.key.ref);
    expect(store.key(live.key.id)?.tampered).toBe(true);
    refusal('TAMPERED', () => renameKey(ports, actor, { key: live.key.id, name: 'other' }));
    expect(revokeKey(ports, actor, { key: live.key.id }).status, 'it can still be revoked').toBe('revoked');
  });

  it('does not bring a revoked key back by pasting its old row', async () => {
    const installation = await testInstallation();
    const { ports, actor, store } = installation;
    const { key, token } = createKey(ports, actor, { service: 'team-api', name: 'ci' });
    const old = db(installation).prepare<[number], Row>('SELECT * FROM key WHERE ref = ?').get(key.ref) ?? {};
    const oldCredential =
      db(installation).prepare<[number], Row>('SELECT * FROM credential WHERE key_ref = ?').get(key.ref) ??
      {};
    revokeKey(ports, actor, { key: key.id });
    paste(installation, 'key', old);
    paste(installation, 'credential', oldCredential);
    expect(store.key(key.id)).toMatchObject({ status: 'active', tampered: true });
    expect(findKey(ports, token)).toMatchObject([{ credential: { tampered: true } }]);
    expect((await findings(installation)).map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([`key ${key.id}`]),
    );
  });

  it.each([
    ['a tombstone', 'DELETE FROM tombstone', /key ak_\w+ is in the audit log but no longer/],
    ['a key', "DELETE FROM key WHERE name = 'live'", /key ak_\w+ is in the audit log but no longer/],
    [
      'a credential',
      'DELETE FROM credential WHERE ref = (SELECT max(ref) FROM credential)',
      /should have 1 credentials and has 0/,
    ],
    [
      'a permission of the catalog',
      "DELETE FROM catalog WHERE id = 'people:write'",
      /catalog team-api\/permission\/people:write is in the audit log/,
    ],
    ['an entry in the middle of the log', 'DELETE FROM audit WHERE seq = 5', /gap: entry 5 is missing/],
    [
      'the last three entries',
      'DELETE FROM audit WHERE seq > (SELECT max(seq) - 3 FROM audit)',
      /once went up to entry \d+, and no longer does/,
    ],
    ['a grant’s index row', 'DELETE FROM key_grant', /does not follow from what is sealed: key_grant/],
  ])('names %s that was deleted', async (_, sql, sentence) => {
    const installation = await populated();
    await installation.savedHead.save(installation.store.head());
    run(installation, sql);
    expect((await findings(installation)).map(({ message }) => message).join('\n')).toMatch(sentence);
  });

  it('does not seal a credential that was edited with the next change of its key', async () => {
    const installation = await populated();
    const { ports, actor, live } = installation;
    run(
      installation,
      'UPDATE credential SET digest = ? WHERE key_ref = ?',
      Buffer.alloc(32, 9),
      live.key.ref,
    );
    refusal('TAMPERED', () => renameKey(ports, actor, { key: live.key.id, name: 'other' }));
    expect((await findings(installation)).map(({ kind }) => kind)).toContain('tampered');
    expect(revokeKey(ports, actor, { key: live.key.id }).status).toBe('revoked');
  });

  it('does not seal a key anew that lost a credential', async () => {
    const installation = await populated();
    const { ports, actor, live } = installation;
    run(installation, 'DELETE FROM credential WHERE key_ref = ?', live.key.ref);
    refusal('TAMPERED', () => renameKey(ports, actor, { key: live.key.id, name: 'other' }));
  });

  it('finds a trigger that would undo changes, and changes nothing while there is one', async () => {
    const installation = await populated();
    const { ports, actor, live, store } = installation;
    run(
      installation,
      "CREATE TRIGGER undo BEFORE INSERT ON audit WHEN NEW.action = 'key.revoke' BEGIN SELECT RAISE(IGNORE); END",
    );
    const before = store.head();
    refusal('TAMPERED', () => revokeKey(ports, actor, { key: live.key.id }));
    expect(store.head()).toEqual(before);
    expect((await findings(installation)).map(({ subject }) => subject)).toContain('schema undo');
  });

  it('does not let a name lead to another key', async () => {
    const installation = await populated();
    const { ports, actor, live, revoked, store } = installation;
    run(installation, "UPDATE key SET name_fold = 'zz' WHERE ref = ?", revoked.key.ref);
    run(installation, "UPDATE key SET name_fold = 'revoked' WHERE ref = ?", live.key.ref);
    refusal('TAMPERED', () => revokeKey(ports, actor, { key: 'team-api/revoked' }));
    expect(store.key(live.key.id)?.status).toBe('active');
  });

  it('does not grant a permission that someone put into the catalog', async () => {
    const installation = await populated();
    const { ports, actor } = installation;
    run(installation, "UPDATE catalog SET id = 'root:all' WHERE id = 'people:write'");
    refusal('TAMPERED', () =>
      createKey(ports, actor, { service: 'team-api', name: 'x', permissions: ['root:all'] }),
    );
  });

  it('is never passed on as valid', async () => {
    const installation = await populated();
    const { store, revoked } = installation;
    run(installation, "UPDATE key SET status = 'active', revoked_at = NULL WHERE ref = ?", revoked.key.ref);
    const key = store.key(revoked.key.id);
    expect(key && toKeyRecord(key, 0).status).toBe('tampered');
  });

  it.each([
    "roles = '[null]'",
    'expires_at = 9007199254740000',
    'created_at = -9007199254740000',
    "permissions = 'x'",
  ])('to %s stops no list', async change => {
    const installation = await populated();
    const { store, live } = installation;
    run(installation, `UPDATE key SET ${change} WHERE ref = ?`, live.key.ref);
    const { keys } = store.keys({ sort: { field: 'name', descending: false }, limit: 10 }, 0);
    expect(keys.map(key => toKeyRecord(key, 0).status)).toContain('tampered');
    expect(
      keys.map(({ createdAt, expiresAt }) => [formatTime(createdAt), formatTime(expiresAt ?? 0)]),
    ).toHaveLength(2);
    expect((await findings(installation)).length).toBeGreaterThan(0);
  });

  it('is noticed when the saved head of the log is taken away', async () => {
    const installation = await populated();
    await installation.savedHead.remove();
    expect((await findings(installation)).map(({ subject }) => subject)).toContain('saved head');
  });

  it('names the first entry of the log that was rewritten', async () => {
    const installation = await populated();
    run(installation, `UPDATE audit SET actor = 'mallory' WHERE seq = 7`);
    expect((await findings(installation))[0]).toMatchObject({ kind: 'chain', subject: 'entry 7' });
  });
});

function paste(installation: TestInstallation, table: string, row: Row): void {
  const columns = Object.keys(row).filter(column => column !== 'ref');
  run(
    installation,
    `UPDATE ${table} SET ${columns.map(column => `${column} = ?`).join(', ')} WHERE ref = ?`,
    ...columns.map(column => row[column] ?? null),
    row.ref ?? null,
  );
}
