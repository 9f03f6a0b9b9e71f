import { chmodSync, closeSync, existsSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { moveToFreeName, syncFile, syncFolder } from './durable-file.ts';
import { MIGRATIONS, type Migration, migrate } from './migrate.ts';
import { translateErrors } from './store-errors.ts';

export type { Database } from 'better-sqlite3';

/** `application_id` of a Keysmith database: the bytes of "KYST". */
export const APPLICATION_ID = 0x4b535954;
export const DATABASE_FILE = 'keysmith.db';

/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT = 5000;
const SQLITE_HEADER = 'SQLite format 3\0';
const APPLICATION_ID_OFFSET = 68;

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
        migrate(db, { copyBefore: () => undefined });
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

/**
 * Opens an existing database, brings its schema up to date and asserts what durability rests on.
 * What is not a Keysmith database is refused and left as it is.
 *
 * @throws STORE_MISSING, STORE_EMPTY, STORE_FOREIGN, STORE_NEWER, STORE_DAMAGED, STORE_READ_ONLY, STORE_UNSAFE
 */
export function openDatabase(path: string, migrations: readonly Migration[] = MIGRATIONS): Database.Database {
  translateErrors(path, () => refuseForeign(path));
  try {
    return translateErrors(path, () => {
      const { ino } = statSync(path);
      const db = configure(new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT }), path);
      try {
        migrate(db, { migrations, copyBefore: version => copyDatabase(path, version) });
        requireInPlace(path, ino);
        return db;
      } catch (error) {
        db.close();
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof KeysmithError && error.code === 'STORE_DAMAGED') {
      throw new KeysmithError('STORE_DAMAGED', `${error.message} ${lastCopy(path)}`, { cause: error });
    }
    throw error;
  }
}

/**
 * Brings a decrypted backup to today's schema and opens it as what it will be. No copy is kept: the backup is one.
 *
 * @throws STORE_*
 */
export function openRestored(path: string): Database.Database {
  return translateErrors(path, () => {
    const db = configure(new Database(path, { fileMustExist: true }), path);
    try {
      migrate(db, { copyBefore: () => undefined });
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

/** Looks at the first hundred bytes before SQLite does: it would take an empty file for a new database. */
function refuseForeign(path: string): void {
  if (!existsSync(path)) {
    const copy = newestCopy(path);
    throw new KeysmithError(
      'STORE_MISSING',
      `There is no database at ${path}. ${copy === undefined ? 'Run "keysmith init" to make a new installation.' : `The last copy is ${copy}.`}`,
    );
  }
  const { size, isFile } = withStat(path);
  if (!isFile) throw new KeysmithError('STORE_FOREIGN', `${path} is not a file. It was left as it is.`);
  if (size === 0) {
    throw new KeysmithError(
      'STORE_EMPTY',
      `The database ${path} is empty: a file of 0 bytes. It was left as it is. ${lastCopy(path)}`,
    );
  }
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  const isSqlite = header.toString('latin1', 0, SQLITE_HEADER.length) === SQLITE_HEADER;
  if (size < header.length || header.every(byte => byte === 0)) {
    throw new KeysmithError(
      'STORE_DAMAGED',
      `The file ${path} (${size} bytes) is no database any more: its header is damaged (cut off or overwritten). It was left as it is. ${lastCopy(path)}`,
    );
  }
  if (!isSqlite) {
    throw new KeysmithError(
      'STORE_FOREIGN',
      `The file ${path} (${size} bytes) is not an SQLite database. It was left as it is. ${lastCopy(path)}`,
    );
  }
  const found = header.readUInt32BE(APPLICATION_ID_OFFSET);
  if (found !== APPLICATION_ID) {
    throw new KeysmithError(
      'STORE_FOREIGN',
      `The file ${path} is a database of another program (application_id 0x${found.toString(16).padStart(8, '0')}, expected 0x${APPLICATION_ID.toString(16)}). It was left as it is. ${lastCopy(path)}`,
    );
  }
}

function withStat(path: string) {
  const stat = statSync(path);
  return { size: stat.size, isFile: stat.isFile() };
}

const COPIES_KEPT = 3;
const COPY_NAME = /\.before-v\d+-\d{14}\.db$/;

/**
 * A plain copy beside the database, made before a migration; the newest three are kept. Read through a connection of
 * its own, because the one that migrates holds the write lock, under which no other process can make the same copy.
 */
function copyDatabase(path: string, version: number): void {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const copy = `${path.replace(/\.db$/, '')}.before-v${version}-${time}.db`;
  rmSync(copy, { force: true });
  closeSync(openSync(copy, 'wx', 0o600));
  const reader = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    reader.prepare('VACUUM INTO ?').run(copy);
  } finally {
    reader.close();
  }
  syncFile(copy);
  for (const old of copies(path).slice(0, -COPIES_KEPT)) rmSync(old, { force: true });
}

function copies(path: string): string[] {
  const folder = dirname(path);
  const stem = basename(path).replace(/\.db$/, '');
  return readdirSync(folder)
    .filter(name => name.startsWith(`${stem}.`) && COPY_NAME.test(name))
    .map(name => join(folder, name))
    .sort((a, b) => (a.slice(-17) < b.slice(-17) ? -1 : 1));
}

function newestCopy(path: string): string | undefined {
  return statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() ? copies(path).at(-1) : undefined;
}

function lastCopy(path: string): string {
  const copy = newestCopy(path);
  return copy === undefined
    ? 'There is no copy of it in this folder; restore a backup.'
    : `The last copy is ${copy}.`;
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
