import Database from 'better-sqlite3';
import type { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import type { Finding } from './verify-store.ts';

interface SchemaPart {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/**
 * Compares the schema with the one that Keysmith makes: a trigger could undo changes, a table without its checks or
 * its unique index could take two rows where there is to be one, and a list walks its indexes by name.
 */
export function* verifySchema({ db }: Connection): Generator<Finding> {
  const found = partsOf(db);
  const expected = expectedParts();
  for (const { type, name, sql } of found.values()) {
    const own = expected.get(name);
    if (own?.sql === sql) continue;
    const message = own
      ? `The ${type} ${name} of the database is not as Keysmith made it.`
      : `The database has a ${type} that is not Keysmith's: ${name}.`;
    yield { kind: own ? 'tampered' : 'extra', subject: `schema ${name}`, message };
  }
  for (const { type, name } of expected.values()) {
    if (found.has(name)) continue;
    yield {
      kind: 'missing',
      subject: `schema ${name}`,
      message: `The ${type} ${name} is gone from the database.`,
    };
  }
}

function expectedParts(): ReadonlyMap<string, SchemaPart> {
  const db = new Database(':memory:');
  try {
    migrate(db);
    return partsOf(db);
  } finally {
    db.close();
  }
}

/** By name. What has no text is the index of a table's own constraint, and goes with the table. */
function partsOf(db: Database.Database): ReadonlyMap<string, SchemaPart> {
  const rows = db
    .prepare<[], SchemaPart>('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL')
    .all();
  return new Map(rows.map(row => [row.name, row]));
}
