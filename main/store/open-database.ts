import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { moveToFreeName, syncFile, syncFolder } from './durable-file.ts';
import { lastCopy } from './kept-copies.ts';
import { knownVersion, MIGRATIONS, migrate } from './migrate.ts';
import { APPLICATION_ID, refuseForeign } from './refuse-foreign.ts';
import { translateErrors } from './store-errors.ts';

export type { Database } from 'better-sqlite3';

export const DATABASE_FILE = 'keysmith.db';

/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT = 5000;

/**
 * Makes a new database of today's schema, lets `fill` write what it starts with, and puts it in place in one step:
 * a process that dies in between leaves no `keysmith.db` behind.
 *
 * @throws STORE_EXISTS when there is a file of that name, whatever it is
 */
export function createDatabase<T>(path: string, fill: (db: Database.Database) => T): T {
  return translateErrors(path, () => {
    refuseExisting(path);
    const draft = `${path}.new-${process.pid}`;
    removeWithJournal(draft);
    try {
      const db = configure(new Database(draft), draft);
      chmodSync(draft, 0o600);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      let result: T;
      try {
        migrate(db);
        result = fill(db);
        db.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        db.close();
      }
      syncFile(draft);
      putInPlace(draft, path);
      return result;
    } finally {
      removeWithJournal(draft);
    }
  });
}

/** The database has an older schema: it has to be brought up to date before it can be opened. */
export class OlderSchema extends Error {}

/**
 * Opens an existing database of today's schema and asserts what durability rests on. What is not a Keysmith database is
 * refused and left as it is.
 *
 * @throws OlderSchema, STORE_MISSING, STORE_EMPTY, STORE_FOREIGN, STORE_NEWER, STORE_DAMAGED, STORE_READ_ONLY,
 *   STORE_UNSAFE
 */
export function openDatabase(path: string): Database.Database {
  return ofAnyVersion(path, () => {
    const { ino } = statSync(path);
    const db = openWriting(path);
    try {
      if (knownVersion(db) < MIGRATIONS.length) throw new OlderSchema();
      requireInPlace(path, ino);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Does something with a Keysmith database, whatever its version; where it is damaged, says where the last copy is. */
export function ofAnyVersion<T>(path: string, work: () => T): T {
  translateErrors(path, () => refuseForeign(path));
  try {
    return translateErrors(path, work);
  } catch (error) {
    throw withLastCopy(path, error);
  }
}

/** Where a database is damaged, its last copy is what helps. */
export function withLastCopy(path: string, error: unknown): unknown {
  if (!(error instanceof KeysmithError) || error.code !== 'STORE_DAMAGED') return error;
  return new KeysmithError('STORE_DAMAGED', `${error.message} ${lastCopy(path)}`, { cause: error });
}

/** A connection that may write, durably. @throws STORE_UNSAFE, and what SQLite says */
export function openWriting(path: string): Database.Database {
  return configure(new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT }), path);
}

/**
 * Brings a decrypted backup to today's schema and opens it as what it will be. No copy is kept: the backup is one.
 *
 * @throws STORE_*
 */
export function openRestored(path: string): Database.Database {
  return translateErrors(path, () => {
    const db = openWriting(path);
    try {
      migrate(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/**
 * Opens a database that no other process has open, and keeps all others out until it is closed. What it holds is then
 * in one file.
 *
 * @throws STORE_BUSY when another process has it open, and what {@link openDatabase} throws
 */
export function openAlone(path: string): Database.Database {
  const db = openDatabase(path);
  try {
    return translateErrors(path, () => {
      db.pragma('busy_timeout = 200');
      // Only whoever is alone can end the log beside the database.
      db.pragma('journal_mode = DELETE');
      db.pragma('locking_mode = EXCLUSIVE');
      db.exec('BEGIN EXCLUSIVE');
      return db;
    });
  } catch (error) {
    db.close();
    if (!(error instanceof KeysmithError) || error.code !== 'STORE_BUSY') throw error;
    throw new KeysmithError(
      'STORE_BUSY',
      `Keysmith is open on ${path}: a window, or another command. Close it, and try again; nothing was changed.`,
      { cause: error },
    );
  }
}

/** Whoever waited while a backup was restored has the replaced file open, and what it wrote there would be lost. */
function requireInPlace(path: string, ino: number): void {
  if (statSync(path).ino === ino) return;
  throw new KeysmithError(
    'STORE_BUSY',
    `The database ${path} was replaced from a backup while it was opened. Try again.`,
  );
}

function removeWithJournal(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function configure(db: Database.Database, path: string): Database.Database {
  try {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // On macOS, a plain fsync does not reach the disk.
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
    // What is deleted or replaced is overwritten: ciphertexts of old tokens do not stay behind.
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    // SECURITY: an acknowledged change must survive a power cut; a setting that did not take is not accepted.
    const journal = db.pragma('journal_mode', { simple: true });
    const synchronous = db.pragma('synchronous', { simple: true });
    if (journal !== 'wal' || synchronous !== 2) {
      throw new KeysmithError(
        'STORE_UNSAFE',
        `The database ${path} cannot be written durably here (journal ${journal}, synchronous ${synchronous}). Move the data folder to a local disk.`,
      );
    }
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) chmodSync(path + suffix, 0o600);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Readies a connection for a long row of transactions: the same pages of an index are written by each of them, and
 * need to go to the database only once in a while. As durable as ever: what is committed is in the log beside it.
 */
export function forManyRows(db: Database.Database): void {
  // In KiB, if negative: 64 MiB of pages in memory, and as much in the log.
  db.pragma('cache_size = -65536');
  db.pragma('wal_autocheckpoint = 16384');
}

/**
 * Readies a connection for one walk over very many rows: each page of a table is needed once, and what comes again and
 * again, the upper parts of its indexes, is little. In KiB, if negative.
 */
export function forOneWalk(db: Database.Database): void {
  db.pragma('cache_size = -6000');
}

/**
 * A connection that only reads, beside the one that has the database open already: schema and durability are that one's.
 *
 * @throws STORE_*
 */
export function openForReading(path: string): Database.Database {
  return translateErrors(path, () => {
    if (!existsSync(path))
      throw new KeysmithError(
        'STORE_MISSING',
        `The database ${path} is gone: it was deleted or moved away. Put the data folder back, or restore a backup, and open Keysmith again.`,
      );
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    db.pragma('trusted_schema = OFF');
    return db;
  });
}

/** A journal without its database counts as one: SQLite would play it into the new database. */
function refuseExisting(path: string): void {
  const found = ['', '-wal', '-shm', '-journal'].map(suffix => path + suffix).find(file => existsSync(file));
  if (found === undefined) return;
  throw new KeysmithError(
    'STORE_EXISTS',
    `There is a database, or a part of one, at ${found} already. It was left as it is; choose another data folder (KEYSMITH_HOME) for a new installation.`,
  );
}

/** Never replaces a file that appeared meanwhile. */
function putInPlace(draft: string, path: string): void {
  try {
    moveToFreeName(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuseExisting(path);
    throw error;
  }
  syncFolder(path);
}
