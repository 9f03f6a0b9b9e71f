import Database from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { type BackupSecret, takeSecret } from './backup-secret.ts';
import { MIGRATIONS } from './migrate.ts';
import { openRestored } from './open-database.ts';
import { APPLICATION_ID } from './refuse-foreign.ts';
import { translateError } from './store-errors.ts';

/**
 * Takes the secret out of a decrypted backup, brings the rest to today's schema and opens it.
 *
 * @throws FILE_INVALID when it is no backup of Keysmith, STORE_NEWER when it was made by a newer one, STORE_*
 */
export function openBackup(path: string): BackupSecret & { readonly db: Database.Database } {
  const taken = withPlain(path, db => {
    requireOwn(db);
    return takeSecret(db);
  });
  return { ...taken, db: openRestored(path) };
}

function withPlain<T>(path: string, work: (db: Database.Database) => T): T {
  const db = new Database(path, { fileMustExist: true });
  try {
    return work(db);
  } catch (error) {
    const failure = translateError(path, error);
    if (!(failure instanceof KeysmithError) || failure.code !== 'STORE_DAMAGED') throw failure;
    throw new KeysmithError(
      'FILE_INVALID',
      'The file opens, but there is no whole database in it: it is no backup of Keysmith. Nothing was changed.',
      { field: 'file', cause: error },
    );
  } finally {
    db.close();
  }
}

function requireOwn(db: Database.Database): void {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new KeysmithError(
      'FILE_INVALID',
      'The file opens, but holds the database of another program: it is no backup of Keysmith. Nothing was changed.',
      { field: 'file' },
    );
  }
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version <= MIGRATIONS.length) return;
  throw new KeysmithError(
    'STORE_NEWER',
    `The backup was made by a newer Keysmith (schema ${version}; this one knows up to ${MIGRATIONS.length}). Nothing was changed; install the newer version.`,
  );
}
