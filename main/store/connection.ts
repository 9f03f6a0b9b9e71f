import type { Database, Statement } from 'better-sqlite3';
import type { Row, Seals, SqlValue } from './seals.ts';
import { SEAL_VERSION, SEALED_TABLES, type SealedTable, subjectColumn } from './tables.ts';

/** A stored row as it was read: with what its seal says about it. */
export type SealedRow = { readonly [column: string]: SqlValue | boolean; readonly tampered: boolean };

/** An open database with its prepared statements and the keys that seal its rows. */
export interface Connection {
  readonly db: Database;
  readonly seals: Seals;
  /** Prepares once per text. */
  prepare(sql: string): Statement<SqlValue[], Row>;
  /** Reads sealed rows: `where` is what follows FROM table t. */
  select(table: SealedTable, where: string, ...values: SqlValue[]): SealedRow[];
  get(table: SealedTable, where: string, ...values: SqlValue[]): SealedRow | undefined;
  /** Inserts a row under a seal. `row` has every column but `audit_seq` and `seal`. */
  insert(table: SealedTable, row: Row, auditSeq: number): void;
  /** Writes all columns of the row with this `ref` and seals it anew. */
  update(table: SealedTable, row: Row, auditSeq: number): void;
}

interface TableStatements {
  readonly columns: string;
  readonly insert: string;
  /** Of what is bound to either, one after the other: by name, it would take as long as the write itself. */
  readonly inserted: readonly string[];
  readonly update: string;
  readonly updated: readonly string[];
}

const statementsOf = new Map(
  Object.entries(SEALED_TABLES).map(([table, { sealed, exempt }]): [string, TableStatements] => {
    const all = [...sealed, ...Object.keys(exempt), 'audit_seq', 'seal'];
    const changed = all.filter(column => column !== 'ref');
    return [
      table,
      {
        columns: [...sealed, 'audit_seq', 'seal'].map(column => `t.${column}`).join(', '),
        insert: `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`,
        inserted: all,
        update: `UPDATE ${table} SET ${changed.map(column => `${column} = ?`).join(', ')} WHERE ref = ?`,
        updated: [...changed, 'ref'],
      },
    ];
  }),
);

function sealedSelect(table: SealedTable, where: string): string {
  const { columns } = statementsOf.get(table) as TableStatements;
  return `SELECT ${columns}, (SELECT max(seq) FROM audit WHERE subject_ref = t.${subjectColumn(table)}) AS latest FROM ${table} t ${where}`;
}

/** The HMAC over table name, every sealed column (primary key first), the seal's version and the last audit entry. */
function macOf(seals: Seals, table: SealedTable, row: Row, auditSeq: SqlValue): Buffer {
  const values: SqlValue[] = [table, SEAL_VERSION];
  for (const column of SEALED_TABLES[table].sealed) values.push(row[column] ?? null);
  values.push(auditSeq);
  return seals.seal(values);
}

/** The version of the seal, and its MAC. */
function sealOf(seals: Seals, table: SealedTable, row: Row, auditSeq: SqlValue): Buffer {
  const mac = macOf(seals, table, row, auditSeq);
  const seal = Buffer.allocUnsafe(1 + mac.length);
  seal[0] = SEAL_VERSION;
  seal.set(mac, 1);
  return seal;
}

/** True when the row is as Keysmith wrote it, and was written by the latest change of its subject. */
export function sealHolds(seals: Seals, table: SealedTable, row: Row): boolean {
  const { seal, audit_seq, latest } = row;
  if (!Buffer.isBuffer(seal) || audit_seq === undefined) return false;
  if (audit_seq !== latest || seal[0] !== SEAL_VERSION) return false;
  return macOf(seals, table, row, audit_seq).compare(seal, 1) === 0;
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
  const prepared = new Map<string, Statement<SqlValue[], Row>>();
  const prepare = (sql: string): Statement<SqlValue[], Row> => {
    const statement = prepared.get(sql) ?? db.prepare<SqlValue[], Row>(sql);
    // The one used last stands last; filters make more texts than are worth keeping.
    prepared.delete(sql);
    prepared.set(sql, statement);
    if (prepared.size > MAX_STATEMENTS) prepared.delete(prepared.keys().next().value ?? '');
    return statement;
  };
  // The row is nobody else's, and copying it would cost as much as reading it did.
  const check = (table: SealedTable, row: Row): SealedRow =>
    Object.assign(row, { tampered: !sealHolds(seals, table, row) });
  const write = (kind: 'insert' | 'update', table: SealedTable, row: Row, auditSeq: number) => {
    const seal = sealOf(seals, table, row, auditSeq);
    const statements = statementsOf.get(table) as TableStatements;
    const values: SqlValue[] = [];
    for (const column of statements[kind === 'insert' ? 'inserted' : 'updated'])
      values.push(column === 'seal' ? seal : column === 'audit_seq' ? auditSeq : cellOf(row, column));
    return prepare(statements[kind]).run(...values);
  };
  return {
    db,
    seals,
    prepare,
    select: (table, where, ...values) =>
      prepare(sealedSelect(table, where))
        .all(...values)
        .map(row => check(table, row)),
    get(table, where, ...values) {
      const row = prepare(sealedSelect(table, where)).get(...values);
      return row && check(table, row);
    },
    insert: (table, row, auditSeq) => void write('insert', table, row, auditSeq),
    update(table, row, auditSeq) {
      const { changes } = write('update', table, row, auditSeq);
      if (changes !== 1) throw new Error(`${table} has no row ${row.ref}`);
    },
  };
}

/** Every sealed row of a table, for the audit verification. */
export function iterateSealed(connection: Connection, table: SealedTable): IterableIterator<Row> {
  return connection.db.prepare<[], Row>(sealedSelect(table, 'ORDER BY t.ref')).iterate();
}

/** Names of triggers and views, of which Keysmith has none. */
export function foreignSchema(prepare: Connection['prepare']): readonly string[] {
  return prepare("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")
    .all()
    .map(row => String(row.name));
}
