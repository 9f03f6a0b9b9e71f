import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { importCatalog, parseCatalog } from '../../../main/keys/import-catalog.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { databasePath } from '../../../main/store/data-folder.ts';
import { SEALED_TABLE_NAMES } from '../../../main/store/tables.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { type Session, saveHead } from '../../../main/trust/session.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { exportedBundle } from '../../fixtures/bundles.ts';
import { openByHand } from '../../fixtures/edit-cells.ts';
import { db, findings, run } from '../../fixtures/edited-by-hand.ts';
import { everyTable } from '../../fixtures/every-table.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import type { TestInstallation } from '../../fixtures/installation.ts';

/** What is never changed once it is there: there is no earlier row of it. */
const NEVER_CHANGED = ['tombstone', 'bundle'];

/** An installation, a copy of its database from before, and after it a change of every subject that can change. */
async function changedSince() {
  const installation = await everyTable();
  const { folder, store, savedHead } = installation;
  const old = join(folder, 'old.db');
  db(installation).prepare('VACUUM INTO ?').run(old);
  await changeEverySubject(installation);
  await saveHead(store, savedHead);
  expect(await findings(installation)).toEqual([]);
  db(installation).pragma('wal_checkpoint(TRUNCATE)');
  store.close();
  return { ...installation, old };
}

async function changeEverySubject({ ports, actor, store }: TestInstallation): Promise<void> {
  store.change(actor, ports.clock, tx => {
    const installation = tx.installation();
    const record = (kind: 'installation' | 'operator' | 'status-list', id: string, ref = installation.ref) =>
      tx.record({ action: 'installation.lock-on', subject: { kind, id, ref }, before: null, after: null });
    tx.updateInstallation(
      { ...installation, name: 'renamed' },
      record('installation', installation.id, installation.ref),
    );
    for (const operator of tx.operators())
      tx.updateOperator(operator, record('operator', operator.name, operator.ref));
    for (const each of tx.keyImports()) {
      const subject = { kind: 'key-import', id: each.id, ref: each.ref } as const;
      const stamp = tx.record({ action: 'key-import.batch', subject, before: null, after: null });
      tx.updateKeyImport({ ...each, done: 3 }, stamp);
    }
    for (const service of tx.services())
      for (const each of tx.statusLists(service.ref))
        tx.updateStatusList({ ...each, state: 'full' }, record('status-list', each.uri, each.ref));
  });
  for (const { slug } of store.services()) {
    editService(ports, actor, { service: slug, title: `${slug}, renamed` });
    const catalog = parseCatalog('{"permissions":[],"roles":[],"accounts":[]}');
    importCatalog(ports, actor, { service: slug, catalog, force: true });
  }
  for (const { kid } of store.signingKeys()) await compromiseSigningKey(ports, actor, { kid });
  for (const key of store.keys({ sort: parseSort('created'), limit: 100 }, 0).keys)
    if (key.status === 'revoked' || key.name === 'web') removeKey(ports, actor, { key: key.id });
    else revokeKey(ports, actor, { key: key.id });
}

/** Every row that was another one before, by table and reference, with what the log calls it. */
function changedRows(path: string, old: string) {
  const changed = openByHand(path);
  try {
    changed.prepare('ATTACH ? AS old').run(old);
    return SEALED_TABLE_NAMES.flatMap(table =>
      changed
        .prepare<[], { ref: number; subject: string }>(
          `SELECT o.ref, (SELECT subject_id FROM audit WHERE subject_ref = o.${table === 'credential' ? 'key_ref' : 'ref'} LIMIT 1) AS subject
           FROM old.${table} o LEFT JOIN main.${table} n ON n.ref = o.ref
           WHERE n.ref IS NULL OR n.audit_seq <> o.audit_seq`,
        )
        .all()
        .map(row => ({ table, ...row })),
    );
  } finally {
    changed.close();
  }
}

describe('a row from an earlier time, pasted back with its old seal', () => {
  it('is found by name, whatever it is of', { timeout: 120_000 }, async () => {
    const { folder, installationPorts, old } = await changedSince();
    const [path, whole] = [databasePath(folder), join(folder, 'whole.db')];
    copyFileSync(path, whole);
    const rows = changedRows(path, old);
    const unnoticed: unknown[] = [];
    for (const { table, ref, subject } of rows) {
      copyFileSync(whole, path);
      const edited = openByHand(path);
      edited.prepare('ATTACH ? AS old').run(old);
      // A removed key comes back in full: its tombstone goes, too.
      if (table === 'key') edited.prepare('DELETE FROM tombstone WHERE ref = ?').run(ref);
      edited.prepare(`INSERT OR REPLACE INTO ${table} SELECT * FROM old.${table} WHERE ref = ?`).run(ref);
      edited.close();
      const session = await openInstallation(installationPorts);
      const found = (await verifyAudit(session)).findings;
      if (!found.some(({ kind, subject: name }) => kind === 'tampered' && name.includes(subject)))
        unnoticed.push({ table, subject, found });
      session.store.close();
    }
    expect(unnoticed).toEqual([]);
    expect(new Set(rows.map(({ table }) => table))).toEqual(
      new Set(SEALED_TABLE_NAMES.filter(table => !NEVER_CHANGED.includes(table))),
    );
  });

  it('is found by the saved head when the entries about it are gone, too', async () => {
    const installation = await everyTable();
    const { ports, actor, folder, installationPorts, store, savedHead } = installation;
    const old = join(folder, 'old.db');
    const { key } = createKey(ports, actor, { service: 'team-api', name: 'leaked' });
    db(installation).prepare('VACUUM INTO ?').run(old);
    const { seq } = store.head();
    revokeKey(ports, actor, { key: key.id });
    for (const name of ['live', 'disabled']) revokeKey(ports, actor, { key: `team-api/${name}` });
    expect(store.head().seq).toBe(seq + 3);
    await saveHead(store, savedHead);
    store.close();
    const edited = openByHand(databasePath(folder));
    edited.prepare('ATTACH ? AS old').run(old);
    edited.prepare('DELETE FROM audit WHERE seq > ?').run(seq);
    for (const table of [...SEALED_TABLE_NAMES, 'counter'])
      edited.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM old.${table}`);
    edited.close();

    const session = await openInstallation(installationPorts);
    expect(session.store.key(key.id), 'nothing in the database tells').toMatchObject({
      status: 'active',
      tampered: false,
    });
    expect(session.logShortened).toBe(true);
    expect((await verifyAudit(session)).findings).toEqual([
      expect.objectContaining({ kind: 'gap', subject: `entry ${seq + 3}` }),
    ]);
    await expect(exportedBundle({ ...installation, ...session }, 'team-api')).rejects.toMatchObject({
      code: 'TAMPERED',
    });
    session.store.close();
  });
});

/** Inserts a copy of a row with other values in some columns. */
function insertCopy(
  installation: TestInstallation,
  table: string,
  where: string,
  values: Readonly<Record<string, string | number | Buffer>>,
): void {
  const columns = db(installation).pragma(`table_info(${table})`) as { name: string }[];
  const names = columns.map(({ name }) => name);
  const selected = names.map(name => (name in values ? '?' : name));
  const given = names.filter(name => name in values).map(name => values[name] ?? null);
  db(installation).pragma('foreign_keys = OFF');
  run(
    installation,
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${selected.join(', ')} FROM ${table} WHERE ${where} LIMIT 1`,
    ...given,
  );
}

const named = async (installation: TestInstallation) =>
  (await findings(installation)).map(({ kind, subject }) => `${kind} ${subject}`);

describe('a row that nobody made', () => {
  it('of an operator is found, and the operator can do nothing', async () => {
    const installation = await everyTable();
    const mallory = { ref: 999_999, name: 'mallory', name_fold: 'mallory', role: 'owner' };
    insertCopy(installation, 'operator', "role = 'owner'", mallory);
    expect(await named(installation)).toEqual(['extra operator mallory']);
    const actor = { name: 'mallory', role: 'owner' } as const;
    refusal('TAMPERED', () => revokeKey(installation.ports, actor, { key: 'team-api/live' }));
  });

  it('under the number of something else is found all the same', async () => {
    const installation = await everyTable();
    const ref = installation.store.service('sc')?.ref ?? 0;
    insertCopy(installation, 'operator', "role = 'owner'", { ref, name: 'mallory', name_fold: 'mallory' });
    expect(await named(installation)).toContain('extra operator mallory');
  });

  it('of a key with its secret is found, reads tampered, and is in no bundle', async () => {
    const installation = await everyTable();
    const ref = 999_999;
    const id = 'ak_0000000000000000';
    insertCopy(installation, 'key', "name = 'live'", { ref, id, name: 'mine', name_fold: 'mine' });
    insertCopy(installation, 'credential', 'digest IS NOT NULL', {
      ref,
      id: 'cr_0000000000000000',
      key_ref: ref,
      digest: Buffer.alloc(32, 9),
    });
    const names = await named(installation);
    expect(names).toEqual(
      expect.arrayContaining([`extra key ${id}`, 'extra credential cr_0000000000000000']),
    );
    expect(installation.store.keyByRef(ref as never)?.tampered).toBe(true);
    const { files } = await exportedBundle(installation, 'team-api');
    for (const [name, bytes] of files) expect(bytes.includes(id), name).toBe(false);
  });

  it('of a second installation lets nothing be opened', async () => {
    const installation = await everyTable();
    insertCopy(installation, 'installation', 'TRUE', { ref: -1, name: 'mine' });
    installation.store.close();
    await expect(openInstallation(installation.installationPorts)).rejects.toMatchObject({
      code: 'TAMPERED',
    });
  });
});

describe('what was moved between rows', () => {
  it('a secret that was given to another key is found at both', async () => {
    const installation = await everyTable();
    const ids = ['team-api/live', 'team-api/disabled'].map(name => keyOf(installation, name));
    const [from, to] = ids;
    run(installation, 'UPDATE credential SET key_ref = ? WHERE key_ref = ?', to?.ref ?? 0, from?.ref ?? 0);
    run(installation, 'UPDATE key SET credentials = 2 WHERE ref = ?', to?.ref ?? 0);
    run(installation, 'UPDATE key SET credentials = 0 WHERE ref = ?', from?.ref ?? 0);
    const names = (await named(installation)).join('\n');
    for (const { id } of ids) expect(names).toContain(`tampered key ${id}`);
    const { files } = await exportedBundle(installation, 'team-api');
    for (const { id } of ids) expect(files.get('keys.ndjson')?.includes(id)).toBe(false);
  });

  it.each([
    ['private halves', 'signing_key', 'private_encrypted', 'signing-key'],
    ['kept tokens', 'credential', 'token_encrypted', 'credential'],
  ])('%s that were exchanged are found at both', async (_, table, column, kind) => {
    const installation = await everyTable();
    const [one, other] = db(installation)
      .prepare<[], { ref: number; bytes: Buffer }>(
        `SELECT ref, ${column} AS bytes FROM ${table} WHERE ${column} IS NOT NULL ORDER BY ref LIMIT 2`,
      )
      .all();
    if (!one || !other) throw new Error('there are two');
    run(installation, `UPDATE ${table} SET ${column} = ? WHERE ref = ?`, other.bytes, one.ref);
    run(installation, `UPDATE ${table} SET ${column} = ? WHERE ref = ?`, one.bytes, other.ref);
    const names = await named(installation);
    expect(names.filter(name => name.startsWith(`tampered ${kind}`))).toHaveLength(2);
  });
});

function keyOf({ store }: Pick<Session, 'store'>, name: string) {
  const key = store
    .keys({ sort: parseSort('name'), limit: 100 }, 0)
    .keys.find(({ service, name: own }) => `${service}/${own}` === name);
  if (!key) throw new Error(`there is no ${name}`);
  return key;
}
