import type { Database } from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { up as foundation } from './migrations/0001-foundation.ts';

/** One step of the schema; its version is its place in the list, starting at 1. */
export interface Migration {
  readonly subject: string;
  readonly up: (db: Database) => void;
}

export const MIGRATIONS: readonly Migration[] = [{ subject: 'foundation', up: foundation }];

export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  /** Keeps a copy of a database that is about to change; told the version it has now. */
  readonly copyBefore: (version: number) => void;
}

/**
 * Brings a database to the newest schema, one transaction a step: a step is there whole or not at all.
 *
 * @throws STORE_NEWER when the database was written by a newer Keysmith
 */
export function migrate(db: Database, { migrations = MIGRATIONS, copyBefore }: MigrateOptions): void {
  const found = schemaVersion(db);
  if (found > migrations.length) {
    throw new KeysmithError(
      'STORE_NEWER',
      `The database ${db.name} was written by a newer Keysmith (schema ${found}; this one knows up to ${migrations.length}). It was left as it is; install the newer version.`,
    );
  }
  if (found === migrations.length) return;
  if (found > 0) copyBefore(found);
  migrations.forEach((migration, index) => {
    const version = index + 1;
    db.transaction(() => {
      // Read again under the write lock: another process may have done this step meanwhile.
      if (schemaVersion(db) >= version) return;
      migration.up(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  });
}

function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}
