import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import { whyNotWritten } from './file-reasons.ts';

/** Runs `work` and gives SQLite's failures the codes and sentences of Keysmith. Everything else passes as it is. */
export function translateErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateError(path, error);
  }
}

export function translateError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && 'syscall' in error && /^E(ACCES|PERM|ROFS|IO|BUSY)$/.test(code)) {
    return new KeysmithError(
      'STORE_READ_ONLY',
      `The database ${path} cannot be opened or written: ${whyNotWritten(code)}. Nothing was changed; check the permissions of the file and its folder.`,
      { cause: error },
    );
  }
  if (!code.startsWith('SQLITE_')) return error;
  const fail = (...[name, sentence]: ConstructorParameters<typeof KeysmithError>) =>
    new KeysmithError(name, sentence, { cause: error });
  if (code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && isFull(path))) {
    return fail(
      'STORE_FULL',
      `The disk that holds ${path} is full. Nothing was changed; free some space and try again.`,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fail(
      'STORE_BUSY',
      `Another process is writing to ${path} and did not finish in time. Nothing was changed; try again.`,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return fail(
      'STORE_READ_ONLY',
      `The database ${path} cannot be written (${code}). Nothing was changed; check the permissions of the file and its folder, and whether the disk is read-only.`,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return fail(
      'STORE_READ_ONLY',
      `The database ${path} cannot be opened (${code}). Check that the folder exists and can be read and written.`,
    );
  }
  if (code === 'SQLITE_ERROR' && PART_MISSING.test((error as Error).message)) {
    return fail(
      'STORE_DAMAGED',
      `The database ${path} lacks a part that Keysmith made, or has it in another form: it was changed outside Keysmith. Nothing was changed now; restore a backup.`,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return fail(
      'STORE_DAMAGED',
      `The database ${path} is damaged (${code}). Nothing was changed; restore a backup.`,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return fail(
      'STORE_DAMAGED',
      `The database ${path} cannot be read or written (${code}). Nothing was changed; check the disk.`,
    );
  }
  return error;
}

/** What SQLite says of a schema that is not the one Keysmith's statements were written for: it has no code for it. */
const PART_MISSING = /no such (table|column|index)|has no column named|invalid fts5 file format/;

/** SQLite reports some writes to a full disk as plain input/output errors. */
function isFull(path: string): boolean {
  try {
    return statfsSync(dirname(path)).bavail === 0;
  } catch {
    return false;
  }
}
