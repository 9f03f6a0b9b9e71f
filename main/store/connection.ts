import type { Database, Statement } from 'better-sqlite3';
import { encodeFields, type Row, type Seals, type SqlValue } from './seals.ts';
import { SEAL_VERSION, SEALED_TABLES, type SealedTable, subjectColumn } from './tables.ts';

/** A stored row as it was read: with what its seal says about it. */
export type SealedRow = { readonly [column: string]: SqlValue | boolean; readonly tampered: boolean };

/** Makes something of a row's values, and of what its seal says about it. */
type ReadValues<T> = (values: readonly SqlValue[], tampered: boolean) => T;

/** An open database with its prepared statements and the keys that seal its rows. */
export interface Connection {
  readonly db: Database;
  readonly seals: Seals;
  /** Prepares once per text. What a row looks like is for whoever wrote the text to say. */
  prepare<R = Row>(sql: string): Statement<SqlValue[], R>;
  /** Reads sealed rows: `where` is what follows FROM table t. */
  select(table: SealedTable, where: string, ...values: SqlValue[]): SealedRow[];
  /** The same for very many rows, each of which is given as its values, in the order of {@link readColumns}. */
  read<T>(table: SealedTable, where: string, read: ReadValues<T>, ...values: SqlValue[]): T[];
  get(table: SealedTable, where: string, ...values: SqlValue[]): SealedRow | undefined;
  /** Inserts a row under a seal. `row` has every column but `audit_seq` and `seal`. */
  insert(table: SealedTable, row: Row, auditSeq: number): void;
  /** Writes all columns of the row with this `ref` and seals it anew. */
  update(table: SealedTable, row: Row, auditSeq: number): void;
}

interface TableStatements {
  /** What the MAC of each row starts with. */
  readonly head: Buffer;
  readonly read: readonly string[];
  readonly insert: string;
  /** Of what is bound to either, one after the other: by name, it would take as long as the write itself. */
  readonly inserted: readonly string[];
  readonly update: string;
  readonly updated: readonly string[];
}

/** The columns that are read of a table, in the order in which they are sealed. */
export function readColumns(table: SealedTable): readonly string[] {
  return [...SEALED_TABLES[table].sealed, 'audit_seq'];
}

const statementsOf = new Map(
  Object.entries(SEALED_TABLES).map(([table, { sealed, exempt }]): [string, TableStatements] => {
    const all = [...sealed, ...Object.keys(exempt), 'audit_seq', 'seal'];
    const changed = all.filter(column => column !== 'ref');
    return [
      table,
      {
        head: Buffer.from(encodeFields([table, SEAL_VERSION])),
        read: readColumns(table as SealedTable),
        insert: `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`,
        inserted: all,
        update: `UPDATE ${table} SET ${changed.map(column => `${column} = ?`).join(', ')} WHERE ref = ?`,
        updated: [...changed, 'ref'],
      },
    ];
  }),
);

/** The seal comes as text: SQLite makes that in a fraction of the time that a Buffer takes. */
function sealedSelect(table: SealedTable, where: string): string {
  const columns = tableOf(table).read.map(column => `t.${column}`);
  const latest = `(SELECT max(seq) FROM audit WHERE subject_ref = t.${subjectColumn(table)})`;
  return `SELECT ${columns.join(', ')}, ${latest}, lower(hex(t.seal)) FROM ${table} t ${where}`;
}

const tableOf = (table: SealedTable) => statementsOf.get(table) as TableStatements;

/** The version of the seal, and the HMAC over table name, version, every sealed column and the last audit entry. */
function sealOf(seals: Seals, table: SealedTable, row: Row, auditSeq: SqlValue): Buffer {
  const values: SqlValue[] = SEALED_TABLES[table].sealed.map(column => row[column] ?? null);
  values.push(auditSeq);
  return Buffer.concat([Buffer.of(SEAL_VERSION), seals.seal(tableOf(table).head, values)]);
}

const VERSION = SEAL_VERSION.toString(16).padStart(2, '0');

/**
 * True when the row is as Keysmith wrote it, and was written by the latest change of its subject.
 *
 * @param values as a sealed select gives them; what says something about the row is taken out
 */
function sealHolds(seals: Seals, table: SealedTable, values: SqlValue[]): boolean {
  const seal = values.pop();
  const latest = values.pop();
  if (typeof seal !== 'string' || !seal.startsWith(VERSION)) return false;
  if (values.at(-1) !== latest) return false;
  return seals.isSeal(seal.slice(VERSION.length), tableOf(table).head, values);
}

function toRow(table: SealedTable, values: readonly SqlValue[], tampered: boolean): SealedRow {
  const row: Record<string, SqlValue | boolean> = {};
  const { read } = tableOf(table);
  for (let nth = 0; nth < read.length; nth += 1) row[read[nth] as string] = values[nth] as SqlValue;
  row.tampered = tampered;
  return row as SealedRow;
}

/** A column that was forgotten must not become NULL without a word. */
function cellOf(row: Row, column: string): SqlValue {
  const value = row[column];
  if (value === undefined) throw new Error(`a row lacks ${column}`);
  return value;
}

/** Prepared statements that are kept. */
const MAX_STATEMENTS = 300;

export function connect(db: Database, seals: Seals): Connection {
  const prepared = new Map<string, Statement<SqlValue[]>>();
  const prepare = <R = Row>(sql: string): Statement<SqlValue[], R> => {
    const statement = prepared.get(sql) ?? db.prepare<SqlValue[]>(sql);
    // The one used last stands last; filters make more texts than are worth keeping.
    prepared.delete(sql);
    prepared.set(sql, statement);
    if (prepared.size > MAX_STATEMENTS) prepared.delete(prepared.keys().next().value ?? '');
    return statement as Statement<SqlValue[], R>;
  };
  const sealed = (table: SealedTable, where: string) => prepare<SqlValue[]>(sealedSelect(table, where)).raw();
  const readRows = <T>(table: SealedTable, where: string, read: ReadValues<T>, ...bound: SqlValue[]): T[] =>
    sealed(table, where)
      .all(...bound)
      .map(values => {
        const holds = sealHolds(seals, table, values);
        return read(values, !holds);
      });
  const write = (kind: 'insert' | 'update', table: SealedTable, row: Row, auditSeq: number) => {
    const seal = sealOf(seals, table, row, auditSeq);
    const statements = tableOf(table);
    const values: SqlValue[] = [];
    for (const column of statements[kind === 'insert' ? 'inserted' : 'updated'])
      values.push(column === 'seal' ? seal : column === 'audit_seq' ? auditSeq : cellOf(row, column));
    return prepare(statements[kind]).run(...values);
  };
  return {
    db,
    seals,
    prepare,
    read: readRows,
    select: (table, where, ...values) =>
      readRows(table, where, (row, tampered) => toRow(table, row, tampered), ...values),
    get(table, where, ...values) {
      const row = sealed(table, where).get(...values);
      if (!row) return undefined;
      const holds = sealHolds(seals, table, row);
      return toRow(table, row, !holds);
    },
    insert: (table, row, auditSeq) => void write('insert', table, row, auditSeq),
    update(table, row, auditSeq) {
      const { changes } = write('update', table, row, auditSeq);
      if (changes !== 1) throw new Error(`${table} has no row ${row.ref}`);
    },
  };
}

/** Every sealed row of a table, for the audit verification. */
export function* iterateSealed({ db, seals }: Connection, table: SealedTable): Generator<SealedRow> {
  const rows = db.prepare<[], SqlValue[]>(sealedSelect(table, 'ORDER BY t.ref')).raw().iterate();
  for (const values of rows) {
    const holds = sealHolds(seals, table, values);
    yield toRow(table, values, !holds);
  }
}

/** Names of triggers and views, of which Keysmith has none. */
export function foreignSchema(prepare: Connection['prepare']): readonly string[] {
  return prepare("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")
    .all()
    .map(row => String(row.name));
}
