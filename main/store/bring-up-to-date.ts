import { rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { keepCopy } from './keep-copy.ts';
import { knownVersion, MIGRATIONS, type Migration, type StepProgress, takeSteps } from './migrate.ts';
import { OlderSchema, ofAnyVersion, openDatabase, openWriting, withLastCopy } from './open-database.ts';
import { translateError } from './store-errors.ts';

/** What is done at the moment: another process is waited for, the database is copied (in pages), or changed. */
export type UpdateProgress =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'copying'; readonly done: number; readonly total: number }
  | ({ readonly kind: 'changing' } & StepProgress);

export interface UpdateOptions {
  readonly migrations?: readonly Migration[];
  readonly onProgress?: ((progress: UpdateProgress) => void) | undefined;
  /** Bytes that are free on the disk of a folder. */
  readonly freeBytes?: (folder: string) => number;
}

/** Brings the database of a path up to date, in this thread or another. */
export type Update = (path: string) => Promise<void>;

/**
 * Opens a database, after bringing it up to date where its schema is older.
 *
 * @throws STORE_*
 */
export async function openUpToDate(path: string, update: Update = bringUpToDate): Promise<Database> {
  try {
    return openDatabase(path);
  } catch (error) {
    if (!(error instanceof OlderSchema)) throw error;
  }
  await update(path);
  return openDatabase(path);
}

/**
 * Brings a database in use to today's schema: first a copy of it is made and put in its place, then all steps are taken
 * in one transaction. All that happens under the write lock, so that of two processes that start at once one does it,
 * and the other finds it done. A process may die at any moment: the database is then as it was, or all there, and the
 * next start goes on with the copy that is there.
 *
 * @throws STORE_FULL before anything is done where the disk has not the room, STORE_*; the database is then as it was
 */
export async function bringUpToDate(path: string, options: UpdateOptions = {}): Promise<void> {
  const { migrations = MIGRATIONS, onProgress, freeBytes = freeBytesOf } = options;
  const db = ofAnyVersion(path, () => openWriting(path));
  try {
    await lockForWriting(db, () => onProgress?.({ kind: 'waiting' }));
    // Read under the lock: another process may have done it meanwhile.
    const found = knownVersion(db, migrations);
    if (found === migrations.length) return;
    const copy = await keepCopy(db, found, {
      requireRoom: (size, copied) => requireRoom(path, copied + size * GROWTH, freeBytes),
      onStep: (done, total) => onProgress?.({ kind: 'copying', done, total }),
    });
    try {
      takeSteps(db, found, migrations, step => onProgress?.({ kind: 'changing', ...step }));
      db.exec('COMMIT');
    } catch (error) {
      const failure = translateError(path, error);
      // What fills the disk is of no use: the database is as it was.
      if (failure instanceof KeysmithError && failure.code === 'STORE_FULL' && copy.isNew)
        rmSync(copy.path, { force: true });
      throw failure;
    }
  } catch (error) {
    throw withLastCopy(path, translateError(path, error));
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.close();
  }
}

/** How long another process that writes is waited for, in looks that each take SQLite's own timeout. */
const LOOKS = 120;
const PAUSE = 100;

/** @throws STORE_BUSY */
async function lockForWriting(db: Database, onWait: () => void): Promise<void> {
  for (let look = 1; ; look += 1) {
    try {
      db.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const isBusy =
        error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
      if (!isBusy || look === LOOKS) throw error;
      onWait();
      await pause(PAUSE);
    }
  }
}

/**
 * What the steps may add, against the size of the database: new indexes and tables, which stand in the log and in the
 * file for a moment, and are sorted in temporary files. Several times what today's steps take.
 */
const GROWTH = 0.5;

/** @throws STORE_FULL */
function requireRoom(path: string, needed: number, freeBytes: (folder: string) => number): void {
  const free = freeBytes(dirname(path));
  if (free >= needed) return;
  throw new KeysmithError(
    'STORE_FULL',
    `The database ${path} has to be brought up to date, which takes ${inMegabytes(needed)} on its disk for a moment: a copy of it is kept, and indexes are made. Free are ${inMegabytes(free)}. Nothing was changed; free some space and try again.`,
  );
}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`;

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
