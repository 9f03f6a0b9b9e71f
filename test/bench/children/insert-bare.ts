/**
 * Inserts the rows of keys that were issued elsewhere into an installation without them: the same rows, tables, indexes,
 * full-text index, settings and batches, and nothing of Keysmith around it. No row is sealed, and nothing is audited,
 * counted or handed to anybody.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DATABASE_FILE, forManyRows, openDatabase } from '../../../main/store/open-database.ts';
import { requireRight } from '../benchmark.ts';
import { answer } from './answer.ts';

export interface BareInput {
  /** The folder of the installation that has the rows, and of the one that gets them. */
  readonly from: string;
  readonly into: string;
}

export interface BareOutput {
  readonly ms: number;
  readonly keys: number;
}

/** Rows of one transaction, as an import has them. */
const BATCH = 1000;

type Row = Record<string, unknown>;
type Db = Database.Database;

await answer(async ({ from, into }: BareInput): Promise<BareOutput> => {
  const source = new Database(join(from, DATABASE_FILE), { readonly: true });
  const target = openDatabase(join(into, DATABASE_FILE));
  try {
    // As an import has it.
    forManyRows(target);
    const rows = readRows(source);
    const prepared = preparerOf(target, rows.beside);
    let ms = 0;
    let keys = 0;
    for (let batch = rows.keys(); batch.length > 0; batch = rows.keys(batch.at(-1)?.ref)) {
      // What is read for it, and put in order, does not count.
      const inserts = batch.flatMap(prepared);
      const start = performance.now();
      target
        .transaction(() => {
          for (const { statement, values } of inserts) statement.run(...values);
        })
        .immediate();
      ms += performance.now() - start;
      keys += batch.length;
    }
    const there = target.prepare('SELECT count(*) FROM key').pluck().get();
    requireRight(there === keys, `the bare database has ${there} keys, not ${keys}`);
    return { ms, keys };
  } finally {
    source.close();
    target.close();
  }
});

/** Rows of a table that belong to keys, by the key. */
type Beside = ReadonlyMap<string, ReadonlyMap<unknown, readonly Row[]>>;

function readRows(db: Db): { keys: (after?: unknown) => Row[]; beside: Beside } {
  const page = db
    .prepare<unknown[], Row>('SELECT * FROM key WHERE ref > ? ORDER BY ref LIMIT ?')
    .safeIntegers();
  const tables = db
    .prepare<[], string>(
      "SELECT t.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c ON c.name = 'key_ref' WHERE t.type = 'table'",
    )
    .pluck()
    .all();
  const grouped = (table: string) =>
    Map.groupBy(db.prepare<[], Row>(`SELECT * FROM ${table}`).safeIntegers().all(), row => row.key_ref);
  return {
    keys: (after = 0) => page.all(after, BATCH),
    beside: new Map(tables.map(table => [table, grouped(table)])),
  };
}

interface Insert {
  readonly statement: Database.Statement<unknown[]>;
  readonly values: readonly unknown[];
}

/** Of a key, all rows that it has: in the order in which they are inserted. */
function preparerOf(db: Db, beside: Beside): (key: Row) => readonly Insert[] {
  const insertKey = inserter(db, 'key');
  const text = db.prepare<unknown[]>('INSERT INTO key_text (rowid, txt) VALUES (?, ?)');
  const others = [...beside].map(([table, rows]) => ({ rows, insert: inserter(db, table) }));
  return key => [
    insertKey(key),
    { statement: text, values: [key.ref, key.txt] },
    ...others.flatMap(({ rows, insert }) => (rows.get(key.ref) ?? []).map(insert)),
  ];
}

/** SECURITY: of no use but here: a row without its seal counts as tampered. */
function inserter(db: Db, table: string): (row: Row) => Insert {
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  const statement = db.prepare<unknown[]>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const bare = Buffer.alloc(0);
  return row => ({ statement, values: columns.map(column => (column === 'seal' ? bare : row[column])) });
}
