import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { copyDatabase } from './copy-database.ts';
import { placeFile, syncFile } from './durable-file.ts';
import { COPIES_KEPT, copyDraftPath, keptCopies, keptCopyPath } from './kept-copies.ts';

interface Copying {
  /** Told how large the database is, and how much of that is going to be copied. */
  readonly requireRoom: (size: number, copied: number) => void;
  readonly onStep: (copied: number, pages: number) => void;
}

/**
 * Makes sure that there is a plain copy of a database beside it, as it was before a migration; the newest three are
 * kept. A copy has its name only once it is whole and on the disk. One of the same state, of a migration that did not
 * come to its end, is as good as a new one.
 *
 * @param db holds the write lock and has changed nothing yet
 * @returns where the copy is, and whether it was made now
 */
export async function keepCopy(
  db: Database.Database,
  version: number,
  { requireRoom, onStep }: Copying,
): Promise<{ readonly path: string; readonly isNew: boolean }> {
  const path = db.name;
  const draft = copyDraftPath(path);
  const sweep = () => {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
  };
  sweep();
  const state = stateOf(db);
  const kept = keptCopies(path, version).findLast(copy => stateOfCopy(copy) === state);
  const size = sizeOf(db);
  requireRoom(size, kept === undefined ? size : 0);
  if (kept !== undefined) return { path: kept, isNew: false };
  const copy = keptCopyPath(path, version);
  try {
    await copyDatabase(path, draft, onStep);
    syncFile(draft);
    placeFile(draft, copy, { replace: true });
  } finally {
    sweep();
  }
  for (const old of keptCopies(path).slice(0, -COPIES_KEPT)) rmSync(old, { force: true });
  return { path: copy, isNew: true };
}

function sizeOf(db: Database.Database): number {
  const pages = db.pragma('page_count', { simple: true }) as number;
  return pages * (db.pragma('page_size', { simple: true }) as number);
}

/** What tells two states of a database apart: its schema, and the last entry of its log, whose MAC covers all before. */
function stateOf(db: Database.Database): string {
  const version = db.pragma('user_version', { simple: true });
  const head = db.prepare('SELECT seq, hex(mac) AS mac FROM audit ORDER BY seq DESC LIMIT 1').get();
  return JSON.stringify({ version, head });
}

/** Undefined for what cannot be read: it was not made by this program, or is damaged. */
function stateOfCopy(copy: string): string | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(copy, { readonly: true, fileMustExist: true });
    return stateOf(db);
  } catch (error) {
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  } finally {
    db?.close();
  }
}
