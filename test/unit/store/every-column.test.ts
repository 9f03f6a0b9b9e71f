import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeysmithError } from '../../../main/keys/errors.ts';
import type { Ref } from '../../../main/keys/ids.ts';
import { toKeyRecord } from '../../../main/keys/key-json.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { isIntact } from '../../../main/keys/look-up.ts';
import { databasePath } from '../../../main/store/data-folder.ts';
import type { Database } from '../../../main/store/open-database.ts';
import type { Row } from '../../../main/store/seals.ts';
import { SEALED_TABLES, UNCHECKED } from '../../../main/store/tables.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { type Session, saveHead } from '../../../main/trust/session.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { exportedBundle, textOf } from '../../fixtures/bundles.ts';
import { type Cell, edit, everyCell, openByHand } from '../../fixtures/edit-cells.ts';
import { everyTable, SERVICES } from '../../fixtures/every-table.ts';
import type { TestInstallation } from '../../fixtures/installation.ts';

/** Of these, rows of each kind are edited; of every other table, one row. */
const CHOSEN: Readonly<Record<string, string>> = {
  key: "name = 'web' OR (name = 'live' AND roles <> '[]')",
  credential:
    "key_ref IN (SELECT ref FROM key WHERE name = 'web' OR (name = 'in rotation' AND roles <> '[]'))",
  counter: 'keys > 0',
};

/** Where nothing is opened any more, and with which codes. */
const NOT_OPENED: Readonly<Record<string, string>> = {
  'installation.id': 'VAULT_MISSING',
  'installation.vault': 'TAMPERED',
  'installation.key_check': 'VAULT_WRONG',
  'installation.lock_enabled': 'TAMPERED',
  'installation.wrapping_generation': 'VAULT_MISSING',
  // Two have the name then.
  'operator.name': 'TAMPERED',
};

interface Edited {
  readonly cell: Cell;
  /** As it was. */
  readonly row: Row;
  /** Part of the subject by which the row is to be named: one of these. */
  readonly names: readonly string[];
}

describe('an edit by hand', () => {
  it('is found by name in every column of every table, and no bundle carries it as valid', {
    timeout: 300_000,
  }, async () => {
    const installation = await everyTable();
    const { folder, store, savedHead } = installation;
    await saveHead(store, savedHead);
    store.connection.db.pragma('wal_checkpoint(TRUNCATE)');
    store.close();
    const [path, whole] = [databasePath(folder), join(folder, 'whole.db')];
    copyFileSync(path, whole);
    await expectNothing(installation);

    const edits = allEdits(whole);
    const unexpected: string[] = [];
    for (const edited of edits) {
      copyFileSync(whole, path);
      const db = openByHand(path);
      edit(db, edited.cell, edited.row);
      db.close();
      const told = await whatIsTold(installation, edited);
      if (told !== undefined) unexpected.push(`${nameOf(edited.cell)} of ${edited.names.join('/')}: ${told}`);
    }
    expect(unexpected).toEqual([]);
    const tables = new Set(edits.map(({ cell }) => cell.table));
    expect([...tables]).toEqual(expect.arrayContaining(['audit', 'unlock_attempt', 'key_text_data']));
    for (const table of Object.keys(SEALED_TABLES)) expect(tables).toContain(table);
    for (const name of Object.keys(UNCHECKED))
      expect(edits.map(({ cell }) => nameOf(cell)).join()).toContain(name);
  });
});

const nameOf = ({ table, column }: Cell) => `${table}.${column}`;

async function expectNothing({ installationPorts }: TestInstallation): Promise<void> {
  const session = await openInstallation(installationPorts);
  expect((await verifyAudit(session)).findings).toEqual([]);
  session.store.close();
}

function allEdits(whole: string): readonly Edited[] {
  const db = openByHand(whole);
  try {
    return everyCell(db).flatMap(cell => {
      const rowid = cell.key.includes('rowid') ? 'rowid, ' : '';
      const rows = db
        .prepare<[], Row>(`SELECT ${rowid}* FROM ${cell.table} WHERE ${CHOSEN[cell.table] ?? 'TRUE'}`)
        .safeIntegers(cell.column.startsWith('grants_'))
        .all();
      const chosen = CHOSEN[cell.table] && cell.table !== 'counter' ? rows : [rows[rows.length >> 1]];
      return chosen.map(row => {
        if (!row) throw new Error(`The table ${cell.table} has no row to edit.`);
        return { cell, row, names: namesOf(db, cell, row) };
      });
    });
  } finally {
    db.close();
  }
}

/** What an edit is to be named by. */
function namesOf(db: Database, { table }: Cell, row: Row): readonly string[] {
  const logged = (ref: unknown) =>
    db.prepare('SELECT subject_id FROM audit WHERE subject_ref = ? LIMIT 1').pluck().get(ref) as string;
  switch (table) {
    case 'audit':
      return [`entry ${row.seq}`];
    case 'credential':
    case 'key_grant':
    case 'key_ip':
      return [logged(row.key_ref)];
    case 'counter':
      return [`counter ${row.field} ${row.value}`];
    case 'text_backlog':
      return ['text_backlog', 'key_text', 'key ak_'];
    case 'unlock_attempt':
      return [];
    default:
      return table.startsWith('key_text') ? ['key_text', 'database', 'key ak_'] : [logged(row.ref)];
  }
}

/** @returns what is not as it should be, or undefined when all is */
async function whatIsTold(installation: TestInstallation, edited: Edited): Promise<string | undefined> {
  const { cell, names } = edited;
  const unchecked = UNCHECKED[cell.table] ?? UNCHECKED[nameOf(cell)];
  let session: Session;
  try {
    session = await openInstallation(installation.installationPorts);
  } catch (error) {
    const code = error instanceof KeysmithError ? error.code : `${error}`;
    return code === NOT_OPENED[nameOf(cell)] ? undefined : `cannot be opened: ${code}`;
  }
  try {
    const { ok, findings } = await verifyAudit(session);
    if (unchecked !== undefined)
      return ok && readsAll(session) ? undefined : 'is found after all, or hides a key';
    // SQLite's own notes on the index: one that leads to the same place counts for nothing.
    if (ok && cell.table === 'key_text_idx') return readsAll(session) ? undefined : 'hides a key';
    if (!findings.some(({ subject }) => names.some(name => subject.includes(name))))
      return `is not named, but ${findings.map(({ subject }) => subject).join(', ') || 'nothing'}`;
    if (!readsInWords(session)) return 'stops a list without a word';
    if (cell.table === 'audit') return await exportsNothing({ ...installation, ...session });
    if (cell.table !== 'key' && cell.table !== 'credential') return undefined;
    return readsIntact(session, edited) ?? (await exportsAsValid({ ...installation, ...session }, edited));
  } finally {
    session.store.close();
  }
}

const list = ({ store }: Session, text?: string) =>
  store.keys({ sort: parseSort('name'), limit: 100, ...(text !== undefined && { text }) }, 0).keys;

/** Whether every key is listed, and found by its ID in the text that is searched. */
function readsAll(session: Session): boolean {
  const keys = list(session);
  return (
    keys.length > 10 && keys.every(({ id }) => list(session, id.slice(-9)).some(found => found.id === id))
  );
}

/** Whether a list is given, or refused in a sentence. */
function readsInWords(session: Session): boolean {
  try {
    return list(session).map(key => toKeyRecord(key, 0)).length > 0;
  } catch (error) {
    return error instanceof KeysmithError && /^(TAMPERED|STORE_DAMAGED)$/.test(error.code);
  }
}

/** Only what is derived stands beside the seals; the verification alone compares it. */
function readsIntact({ store }: Session, { cell, row }: Edited): string | undefined {
  const isDerived = cell.table === 'key' && cell.column in SEALED_TABLES.key.exempt;
  const ref = (cell.table === 'key' ? row.ref : row.key_ref) as Ref;
  const key = store.keyByRef(ref);
  // A key that has another reference now is another key: this one is gone.
  if (!key) return cell.column === 'ref' ? undefined : 'is not there';
  return isIntact(key, store.credentials(ref)) === isDerived
    ? undefined
    : `reads ${isDerived ? 'tampered' : 'intact'}`;
}

async function exportsAsValid(
  installation: TestInstallation,
  { cell, row }: Edited,
): Promise<string | undefined> {
  if (cell.table === 'key' && cell.column in SEALED_TABLES.key.exempt) return undefined;
  const { store } = installation;
  const isMoved = cell.column === 'service_ref' || cell.column === 'key_ref';
  const own = cell.table === 'key' ? row.service_ref : store.keyByRef(row.key_ref as Ref)?.serviceRef;
  const services = store
    .services()
    .filter(({ ref }) => isMoved || ref === own)
    .map(({ slug }) => slug);
  if (services.length === 0) return 'has no service to be exported of';
  const lines = await Promise.all(
    services.map(async service => {
      const { files } = await exportedBundle(installation, service);
      return [textOf(files, 'keys.ndjson'), files.get('haproxy/keys.map')?.toString() ?? ''];
    }),
  );
  const told = lines.flat().join('');
  const digest = Buffer.isBuffer(row.digest) ? row.digest.toString('hex') : '';
  const secrets = [String(row.id), ...(digest ? [digest] : [])];
  return secrets.some(secret => told.includes(secret)) ? 'is exported as valid' : undefined;
}

async function exportsNothing(installation: TestInstallation): Promise<string | undefined> {
  for (const service of SERVICES) {
    const code = await exportedBundle(installation, service).then(
      () => 'exported',
      (error: unknown) => (error instanceof KeysmithError ? error.code : String(error)),
    );
    if (code !== 'TAMPERED') return `a bundle is ${code}`;
  }
  return undefined;
}
