import type { AuditHead } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import { auditHead, type BrokenEntry, START, verifyChain } from './audit-log.ts';
import { type Connection, foreignSchema, iterateSealed, sealHolds } from './connection.ts';
import { deriveColumns, heldEntries, networksOf, rowToKey } from './key-rows.ts';
import type { Row, SqlValue } from './seals.ts';
import { rowToCatalogRow, rowToService } from './service-rows.ts';
import { translateError } from './store-errors.ts';
import { SEALED_TABLE_NAMES, SEALED_TABLES, type SealedTable } from './tables.ts';

/** One thing that does not hold. */
export interface Finding {
  readonly kind: 'chain' | 'gap' | 'tampered' | 'missing' | 'extra' | 'derived' | 'damaged';
  /** What it concerns: `entry 12`, `key ak_…`, `counter …`. */
  readonly subject: string;
  readonly message: string;
}

const TABLE_OF_KIND: Readonly<Record<string, readonly SealedTable[]>> = {
  installation: ['installation'],
  operator: ['operator'],
  service: ['service'],
  catalog: ['catalog'],
  key: ['key', 'tombstone'],
  'signing-key': ['signing_key'],
  'status-list': ['status_list'],
  bundle: ['bundle'],
};

export interface StoreReport {
  readonly entries: number;
  /** The newest entry of the state that was checked. */
  readonly head: AuditHead;
  readonly findings: readonly Finding[];
}

/** Rows between two reports of progress. */
const STRIDE = 1000;

/**
 * Checks everything that is stored: SQLite's own integrity, the audit chain, every seal, that every subject of the
 * audit log is there once, that credentials are complete, and that what is derived follows from what is sealed.
 * Reads one consistent state, row by row.
 *
 * @param onProgress told in rows that were looked at; SQLite's own check comes before the first of them
 */
export function verifyStore(
  connection: Connection,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void = () => undefined,
): StoreReport {
  const findings: Finding[] = [];
  let entries = 0;
  let head = START;
  let done = 0;
  let total = 0;
  const onRow = () => {
    done += 1;
    if (done % STRIDE === 0) onProgress({ done, total: Math.max(done, total) });
  };
  const check = () => {
    head = auditHead(connection);
    total = rowsToCheck(connection);
    onProgress({ done, total });
    findings.push(...integrity(connection));
    for (const name of foreignSchema(connection.prepare)) {
      findings.push({
        kind: 'tampered',
        subject: `schema ${name}`,
        message: `The database has a trigger or view that is not Keysmith's: ${name}.`,
      });
    }
    const chain = verifyChain(connection, onRow);
    entries = chain.entries;
    findings.push(...brokenChain(chain.broken));
    for (const table of SEALED_TABLE_NAMES) findings.push(...verifySeals(connection, table, onRow));
    findings.push(...verifySubjects(connection, onRow), ...verifyCredentials(connection));
    findings.push(...verifyKeys(connection, onRow), ...verifyCounters(connection));
  };
  try {
    connection.db.transaction(check).deferred();
  } catch (error) {
    // A page that cannot be read ends the walk; what was found until then still counts.
    const failure = translateError(connection.db.name, error);
    if (!(failure instanceof KeysmithError) || failure.code !== 'STORE_DAMAGED') throw failure;
    findings.push({ kind: 'damaged', subject: 'database', message: failure.message });
  }
  return { entries, head, findings };
}

/** Entries of the log, rows under seals, subjects of the log (as many as rows that are one), and keys once more. */
function rowsToCheck({ prepare }: Connection): number {
  const count = (table: string) => prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n as number;
  const sealed = SEALED_TABLE_NAMES.map(table => [table, count(table)] as const);
  const sum = (parts: readonly (readonly [SealedTable, number])[]) =>
    parts.reduce((all, [, n]) => all + n, 0);
  const subjects = sealed.filter(([table]) => table !== 'credential');
  return count('audit') + sum(sealed) + sum(subjects) + count('key');
}

function* brokenChain(broken: BrokenEntry | undefined): Generator<Finding> {
  if (!broken) return;
  const subject = `entry ${broken.seq}`;
  if (broken.kind === 'gap') {
    yield { kind: 'gap', subject, message: `The audit log has a gap: ${subject} is missing.` };
  } else {
    yield {
      kind: 'chain',
      subject,
      message: `The audit log does not hold from ${subject} on: it was changed outside Keysmith.`,
    };
  }
}

function* integrity({ db }: Connection): Generator<Finding> {
  for (const { integrity_check: message } of db.pragma('integrity_check') as { integrity_check: string }[]) {
    if (message !== 'ok')
      yield { kind: 'damaged', subject: 'database', message: `SQLite's integrity check says: ${message}` };
  }
}

function* verifySeals(connection: Connection, table: SealedTable, onRow: () => void): Generator<Finding> {
  for (const row of iterateSealed(connection, table)) {
    onRow();
    if (sealHolds(connection.seals, table, row)) continue;
    const subject = nameOf(table, row);
    yield {
      kind: 'tampered',
      subject,
      message: `The ${subject} was changed outside Keysmith: its seal does not hold, or is not the one of its last change.`,
    };
  }
}

function nameOf(table: SealedTable, row: Row): string {
  const { sealed } = SEALED_TABLES[table];
  const label =
    ['id', 'slug', 'kid', 'name', 'uri', 'sequence'].find(column =>
      (sealed as readonly string[]).includes(column),
    ) ?? 'ref';
  return `${table} ${row[label]}`;
}

function* verifySubjects({ db }: Connection, onRow: () => void): Generator<Finding> {
  const subjects = db.prepare<[], Row>(
    'SELECT subject_ref AS ref, subject_kind AS kind, subject_id AS id FROM audit WHERE seq IN (SELECT max(seq) FROM audit GROUP BY subject_ref)',
  );
  const present = new Map(
    SEALED_TABLE_NAMES.map(table => [
      table,
      db.prepare<SqlValue[], Row>(`SELECT 1 FROM ${table} WHERE ref = ?`),
    ]),
  );
  for (const { ref, kind, id } of subjects.iterate()) {
    onRow();
    const tables = TABLE_OF_KIND[kind as string] ?? [];
    const found = tables.filter(table => present.get(table)?.get(ref ?? null));
    if (found.length === 0)
      yield {
        kind: 'missing',
        subject: `${kind} ${id}`,
        message: `The ${kind} ${id} is in the audit log but no longer in the database.`,
      };
    if (found.length > 1)
      yield {
        kind: 'extra',
        subject: `${kind} ${id}`,
        message: `The ${kind} ${id} is both listed and removed.`,
      };
  }
}

function* verifyCredentials({ db }: Connection): Generator<Finding> {
  for (const table of ['key', 'tombstone'] as const) {
    const rows = db.prepare<[], Row>(
      `SELECT id, credentials, (SELECT count(*) FROM credential c WHERE c.key_ref = t.ref) AS found FROM ${table} t WHERE credentials <> found`,
    );
    for (const { id, credentials, found } of rows.iterate()) {
      yield {
        kind: 'missing',
        subject: `${table} ${id}`,
        message: `The ${table} ${id} should have ${credentials} credentials and has ${found}.`,
      };
    }
  }
}

/** Every key's derived columns and grants, from its sealed columns. */
function* verifyKeys(connection: Connection, onRow: () => void): Generator<Finding> {
  const { db } = connection;
  const services = new Map(connection.select('service', '').map(row => [row.ref, rowToService(row)]));
  const catalogs = new Map(
    [...services.keys()].map(ref => [
      ref,
      connection.select('catalog', 'WHERE t.service_ref = ?', ref as number).map(rowToCatalogRow),
    ]),
  );
  const grant = db.prepare<SqlValue[], Row>('SELECT 1 FROM key_grant WHERE catalog_ref = ? AND key_ref = ?');
  const rows = db.prepare<[], Row>('SELECT * FROM key ORDER BY ref').safeIntegers().iterate();
  const network = db.prepare<SqlValue[], Row>(
    'SELECT 1 FROM key_ip WHERE family = ? AND prefix_length = ? AND network = ? AND key_ref = ?',
  );
  const totals = { key_grant: 0, key_ip: 0 };
  for (const exact of rows) {
    onRow();
    const row = Object.fromEntries(
      Object.entries(exact).map(([column, value]) => [
        column,
        typeof value === 'bigint' && !column.startsWith('grants_') ? Number(value) : value,
      ]),
    );
    const service = services.get(row.service_ref as number);
    if (!service) {
      yield {
        kind: 'missing',
        subject: `key ${row.id}`,
        message: `The key ${row.id} belongs to a service that is not there.`,
      };
      continue;
    }
    const catalog = catalogs.get(row.service_ref as number) ?? [];
    const key = rowToKey({ ...row, tampered: false }, service);
    const derived = deriveColumns(key, catalog);
    const wrong = Object.keys(derived).filter(column => derived[column] !== row[column]);
    const held = heldEntries(key, catalog);
    const networks = networksOf(key);
    totals.key_grant += held.length;
    totals.key_ip += networks.length;
    if (!held.every(entry => grant.get(entry.ref, key.ref))) wrong.push('key_grant');
    if (!networks.every(each => network.get(...each, key.ref))) wrong.push('key_ip');
    if (wrong.length > 0)
      yield {
        kind: 'derived',
        subject: `key ${key.id}`,
        message: `What lists show of the key ${key.id} does not follow from what is sealed: ${wrong.join(', ')}.`,
      };
  }
  for (const [table, total] of Object.entries(totals)) {
    const stored = db.prepare<[], Row>(`SELECT count(*) AS n FROM ${table}`).get()?.n;
    if (stored === total) continue;
    yield {
      kind: 'derived',
      subject: table,
      message: `The list ${table} has ${stored} entries and should have ${total}.`,
    };
  }
}

function* verifyCounters({ db }: Connection): Generator<Finding> {
  const computed = `
    SELECT service_ref, 'status' AS field, status AS value, count(*) AS keys FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'kind', kind, count(*) FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'has_ip', CAST(has_ip AS TEXT), count(*) FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'created_by', created_by, count(*) FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'unsaved', '1', count(*) FROM key WHERE unsaved = 1 GROUP BY 1
    UNION ALL SELECT c.service_ref, 'grant', CAST(catalog_ref AS TEXT), count(*) FROM key_grant JOIN catalog c ON c.ref = catalog_ref GROUP BY 1, 3`;
  const stored = 'SELECT service_ref, field, value, keys FROM counter WHERE keys <> 0';
  const rows = db.prepare<[], Row>(
    `SELECT * FROM (${computed} EXCEPT ${stored}) UNION SELECT * FROM (${stored} EXCEPT SELECT * FROM (${computed}))`,
  );
  for (const { field, value } of rows.iterate()) {
    yield {
      kind: 'derived',
      subject: `counter ${field} ${value}`,
      message: `The counter of ${field} ${value} does not agree with the keys.`,
    };
  }
}
