import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { isRunning } from './left-behind.ts';
import { openForReading } from './open-database.ts';
import { translateError } from './store-errors.ts';

/** Pages copied in one step: 4 MB, a few milliseconds. */
const STEP = 1000;

const NAME = /^keysmith\.copy-(\d+)-[0-9a-f]+\.db(-journal|-wal|-shm)?$/;

/** Where a copy of a database is made: beside it, so that no other disk ever holds it unencrypted. */
export function copyPath(path: string, unique: string): string {
  return join(dirname(path), `keysmith.copy-${process.pid}-${unique}.db`);
}

/** Removes what processes left that died while they copied. */
export function removeLeftCopies(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Copies a database as it is at this moment into a new file (mode 0600), with SQLite's backup in small steps: others
 * write meanwhile, and this process answers. One read transaction stands over all steps, so that a writer elsewhere
 * neither changes the copy nor makes it start again, which the backup does otherwise; `VACUUM INTO` would give the
 * same copy in one step that nothing can interrupt.
 *
 * @param onStep told after each step; whatever it throws ends the copy
 * @returns the audit entry up to which the copy goes
 * @throws STORE_*
 */
export async function copyDatabase(
  path: string,
  to: string,
  onStep: (copied: number, pages: number) => void,
): Promise<number> {
  const source = openForReading(path);
  try {
    closeSync(openSync(to, 'wx', 0o600));
    source.exec('BEGIN');
    const headSeq = source.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM audit').pluck().get() ?? 0;
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onStep(totalPages - remainingPages, totalPages);
        return STEP;
      },
    });
    endJournal(to);
    return headSeq;
  } catch (error) {
    throw translateError(path, error);
  } finally {
    source.close();
  }
}

/** The copy is one file, whatever opens it: without this it would say of itself that it has a log beside it. */
function endJournal(to: string): void {
  const copy = new Database(to, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
