import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { KeysmithError } from '../keys/errors.ts';
import { fileError, syncFolder } from '../store/durable-file.ts';
import { guard } from './csv-guard.ts';

/** A key and its secret, as one row of the file. */
export interface SecretRow {
  readonly name: string;
  readonly keyId: string;
  readonly token: string;
}

/** Rows as they stand in the file; RFC 4180, CRLF. Names that a spreadsheet could take for formulas get a `'`. */
export function secretLines(rows: readonly SecretRow[]): string {
  return stringify(
    rows.map(({ name, keyId, token }) => [guard(name), keyId, token]),
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
}

export const SECRETS_HEADER = 'name,key_id,token\r\n';

/** A file that grows by pieces, each of which is on the disk before it counts. */
export interface SecretsFile {
  /** How many bytes count. */
  readonly bytes: number;
  /** Writes a piece behind what counts, and returns when it is on the disk. It does not count yet. @returns its end */
  append(piece: Uint8Array): number;
  /** What was appended last counts from now on. */
  keep(bytes: number): void;
  /** Cuts off what does not count. */
  cut(): void;
  close(): void;
}

// Windows has no such flag, and no such links.
const NO_LINKS = constants.O_NOFOLLOW ?? 0;

/**
 * Makes a new file, mode 0600. What a process left that died right here, a header and nothing else, is taken up.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE
 */
export function createSecretsFile(path: string, header: string): SecretsFile {
  return translated(path, () => {
    let file: number;
    try {
      file = openSync(path, 'wx', 0o600);
    } catch (error) {
      if (!isShell(path, header)) throw error;
      file = openSync(path, constants.O_RDWR | NO_LINKS);
    }
    const secrets = growing(path, file, 0);
    try {
      secrets.cut();
      secrets.keep(secrets.append(Buffer.from(header)));
      syncFolder(path);
      return secrets;
    } catch (error) {
      secrets.close();
      rmSync(path, { force: true });
      throw error;
    }
  });
}

/** Whether a file holds a header or the beginning of one, and no secret. */
function isShell(path: string, header: string): boolean {
  try {
    const file = openSync(path, constants.O_RDONLY | NO_LINKS);
    try {
      if (!fstatSync(file).isFile() || fstatSync(file).size > header.length) return false;
      return header.startsWith(readAt(file, 0, header.length).toString());
    } finally {
      closeSync(file);
    }
  } catch {
    // Whatever it is: it is left as it is, and the first error says so.
    return false;
  }
}

/**
 * Opens a file to go on behind what counts in it; what follows belongs to keys that were never issued, and is cut off.
 *
 * @param isWhole told the last bytes that count
 * @throws SECRETS_FILE_INVALID, FILE_UNWRITABLE
 */
export function reopenSecretsFile(
  path: string,
  bytes: number,
  isWhole: (end: Buffer) => boolean,
): SecretsFile {
  return translated(path, () => {
    const invalid = (why: string, cause?: unknown) =>
      new KeysmithError(
        'SECRETS_FILE_INVALID',
        `The file of secrets ${path} ${why}. Nothing more was issued; put the file back as it was, then resume.`,
        { field: 'out', cause },
      );
    let file: number;
    try {
      file = openSync(path, constants.O_RDWR | NO_LINKS);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') throw invalid('is gone', error);
      if (code === 'ELOOP') throw invalid('is a link now', error);
      throw error;
    }
    try {
      const stat = fstatSync(file);
      if (!stat.isFile()) throw invalid('is no file');
      if (stat.size < bytes)
        throw invalid(`has ${stat.size} bytes, and ${bytes} were written: secrets are missing from it`);
      if (!isWhole(readAt(file, Math.max(0, bytes - END), Math.min(bytes, END))))
        throw invalid('does not end as it was written: it was changed');
      const secrets = growing(path, file, bytes);
      secrets.cut();
      return secrets;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  });
}

/** More than a row of the longest token. */
const END = 70_000;

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, position + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

function growing(path: string, file: number, kept: number): SecretsFile {
  let bytes = kept;
  return {
    get bytes() {
      return bytes;
    },
    append: piece =>
      translated(path, () => {
        for (let written = 0; written < piece.length; )
          written += writeSync(file, piece, written, piece.length - written, bytes + written);
        // SECURITY: on the disk before the keys are: no key may exist whose secret a power cut can take.
        fsyncSync(file);
        return bytes + piece.length;
      }),
    keep(end) {
      bytes = end;
    },
    cut: () =>
      translated(path, () => {
        if (fstatSync(file).size === bytes) return;
        ftruncateSync(file, bytes);
        fsyncSync(file);
      }),
    close: () => closeSync(file),
  };
}

function translated<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileError(path, error);
  }
}
