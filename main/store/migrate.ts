import type { Database } from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { up as foundation } from './migrations/0001-foundation.ts';
import { up as listIndexes } from './migrations/0002-list-indexes.ts';

/** One step of the schema; its version is its place in the list, starting at 1. */
export interface Migration {
  readonly subject: string;
  readonly up: (db: Database) => void;
}

export const MIGRATIONS: readonly Migration[] = [
  { subject: 'foundation', up: foundation },
  { subject: 'list-indexes', up: listIndexes },
];

export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  /** Keeps a copy of a database that is about to change; told the version it has now. */
  readonly copyBefore: (version: number) => void;
}

/**
 * Brings a database to the newest schema, in one transaction: all steps are there or none. The copy is made under the
 * same write lock, so that two processes that start at once make one copy and one migration.
 *
 * @throws STORE_NEWER when the database was written by a newer Keysmith
 */
export function migrate(db: Database, { migrations = MIGRATIONS, copyBefore }: MigrateOptions): void {
  if (requireKnown(db, migrations) === migrations.length) return;
  db.transaction(() => {
    // Read again under the lock: another process may have done it meanwhile.
    const found = requireKnown(db, migrations);
    if (found === migrations.length) return;
    if (found > 0) copyBefore(found);
    for (const { up } of migrations.slice(found)) up(db);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}

function requireKnown(db: Database, migrations: readonly Migration[]): number {
  const found = schemaVersion(db);
  if (found <= migrations.length) return found;
  throw new KeysmithError(
    'STORE_NEWER',
    `The database ${db.name} was written by a newer Keysmith (schema ${found}; this one knows up to ${migrations.length}). It was left as it is; install the newer version.`,
  );
}

function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}
