import { describe, expect, it } from 'vitest';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import type { Row, SqlValue } from '../../../main/store/seals.ts';
import { SEALED_TABLES } from '../../../main/store/tables.ts';
import { db, findings, populated, run } from '../../fixtures/edited-by-hand.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import type { TestInstallation } from '../../fixtures/installation.ts';

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
