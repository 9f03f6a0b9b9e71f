import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';

const LOCK_FILE = 'keysmith.import-lock';

/**
 * Makes sure that keys are issued from one file at a time. SQLite holds the lock: the system takes it from a process
 * that dies, so that nothing is left to be cleared away.
 *
 * @param database the path of the installation's database
 * @returns what lets the next one begin
 * @throws IMPORT_RUNNING
 */
export function lockImports(database: string): () => void {
  const path = join(dirname(database), LOCK_FILE);
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY')) throw cause;
    throw new KeysmithError(
      'IMPORT_RUNNING',
      'Keys are being issued from a file in this installation already. Nothing was issued; wait until that has ended.',
      { cause },
    );
  }
  return () => {
    // Where it may be: an empty file is in nobody's way. Whoever comes now makes one anew.
    if (process.platform !== 'win32') rmSync(path, { force: true });
    lock.close();
  };
}
