import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { formatTime } from '../../../main/keys/expiry.ts';
import { findKey } from '../../../main/keys/find-key.ts';
import { toKeyRecord } from '../../../main/keys/key-json.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { encodeFields, type Row } from '../../../main/store/seals.ts';
import { SEALED_TABLE_NAMES, SEALED_TABLES, UNSEALED_TABLES } from '../../../main/store/tables.ts';
import { db, findings, populated, run } from '../../fixtures/edited-by-hand.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

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

describe('a row that was edited by hand', () => {
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
