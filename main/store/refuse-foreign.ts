import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { KeysmithError } from '../keys/errors.ts';
import { lastCopy, newestCopy } from './kept-copies.ts';

/** `application_id` of a Keysmith database: the bytes of "KYST". */
export const APPLICATION_ID = 0x4b535954;
const SQLITE_HEADER = 'SQLite format 3\0';
const APPLICATION_ID_OFFSET = 68;

/**
 * Looks at the first hundred bytes before SQLite does: it would take an empty file for a new database.
 *
 * @throws STORE_MISSING, STORE_EMPTY, STORE_FOREIGN, STORE_DAMAGED
 */
export function refuseForeign(path: string): void {
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
