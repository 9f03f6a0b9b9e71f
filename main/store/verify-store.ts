import type { AuditHead } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';

import { auditHead, type BrokenEntry, START, verifyChain } from './audit-log.ts';
import { type Connection, iterateSealed, type SealedRow } from './connection.ts';

import type { Row, SqlValue } from './seals.ts';
import { translateError } from './store-errors.ts';
import { SEALED_TABLE_NAMES, SEALED_TABLES, type SealedTable, subjectColumn } from './tables.ts';
import { verifyCounters, verifyKeys } from './verify-derived.ts';
import { verifySchema } from './verify-schema.ts';
import { verifyTextIndex } from './verify-text-index.ts';

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
  'key-import': ['key_import'],
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
    findings.push(...verifySchema(connection));
    const chain = verifyChain(connection, onRow);
    entries = chain.entries;
    findings.push(...brokenChain(chain.broken));
    for (const table of SEALED_TABLE_NAMES) findings.push(...verifySeals(connection, table, onRow));
    findings.push(...verifySubjects(connection, onRow), ...verifyCredentials(connection));
    findings.push(...verifyKeys(connection, onRow), ...verifyCounters(connection));
    findings.push(...verifyTextIndex(connection, onRow));
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

/** Entries of the log, rows under seals, subjects of the log (as many as rows that are one), and keys twice more. */
function rowsToCheck({ prepare }: Connection): number {
  const count = (table: string) => prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n as number;
  const sealed = SEALED_TABLE_NAMES.map(table => [table, count(table)] as const);
  const sum = (parts: readonly (readonly [SealedTable, number])[]) =>
    parts.reduce((all, [, n]) => all + n, 0);
  const subjects = sealed.filter(([table]) => table !== 'credential');
  return count('audit') + sum(sealed) + sum(subjects) + 2 * count('key');
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
    if (!row.tampered) continue;
    const logged = loggedName(connection, table, row);
    const subject = logged ?? nameOf(table, row);
    yield logged === undefined
      ? {
          kind: 'extra',
          subject,
          message: `The ${subject} is in no entry of the audit log: it was put into the database outside Keysmith.`,
        }
      : {
          kind: 'tampered',
          subject,
          message: `The ${subject} was changed outside Keysmith: its seal does not hold, or is not the one of its last change.`,
        };
  }
}

/** A row in the words of the audit log, which a hand that edits the row does not change with it. */
function loggedName({ prepare }: Connection, table: SealedTable, row: SealedRow): string | undefined {
  const logged = prepare(
    'SELECT subject_kind AS kind, subject_id AS id FROM audit WHERE subject_ref = ? ORDER BY seq DESC LIMIT 1',
  ).get(row[subjectColumn(table)] as SqlValue);
  const subject = `${logged?.kind} ${logged?.id}`;
  if (table === 'credential') return logged && `${nameOf(table, row)} of the ${subject}`;
  return TABLE_OF_KIND[String(logged?.kind)]?.includes(table) ? subject : undefined;
}

/** A row by what it says of itself. */
function nameOf(table: SealedTable, row: SealedRow): string {
  const { sealed } = SEALED_TABLES[table];
  const label =
    ['id', 'slug', 'kid', 'name', 'uri', 'sequence'].find(column =>
      (sealed as readonly string[]).includes(column),
    ) ?? 'ref';
  return `${table.replace('_', '-')} ${row[label]}`;
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
