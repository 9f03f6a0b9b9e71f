import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import { whyNotWritten } from './file-reasons.ts';

export interface WriteOptions {
  /** Replace a file of that name; without it, an existing file is an error and stays as it is. */
  readonly replace: boolean;
}

/**
 * Writes a file that is there whole or not at all: a temporary file beside it, synced, moved in place, the folder
 * synced. Mode 0600.
 *
 * @param chunks text or bytes, taken one after the other
 * @throws FILE_EXISTS, FILE_UNWRITABLE; nothing is left behind then
 */
export function writeDurably(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  { replace }: WriteOptions,
): void {
  const draft = `${path}.new-${process.pid}`;
  try {
    writeNew(draft, chunks);
    placeFile(draft, path, { replace });
  } catch (error) {
    rmSync(draft, { force: true });
    throw fileError(path, error);
  }
}

/** Moves a file that is written and synced into its place, and makes that durable. */
export function placeFile(draft: string, path: string, { replace }: WriteOptions): void {
  if (replace) renameSync(draft, path);
  else moveToFreeName(draft, path);
  syncFolder(path);
}

/**
 * Writes a file that must not exist yet, and returns when it is on the disk. For what has to be safe before
 * something else happens: a secret, a draft that is moved in place later.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE
 */
export function writeNewDurably(path: string, chunks: Iterable<string | Uint8Array>): void {
  try {
    writeNew(path, chunks);
    syncFolder(path);
  } catch (error) {
    throw fileError(path, error);
  }
}

/**
 * Writes a file that must not exist yet, of which whoever makes it a part of another one sees to that it is on the disk.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE
 */
export function writeNewPart(path: string, chunks: Iterable<string | Uint8Array>): void {
  try {
    writeNew(path, chunks, 'unsynced');
  } catch (error) {
    throw fileError(path, error);
  }
}

function writeNew(path: string, chunks: Iterable<string | Uint8Array>, sync?: 'unsynced'): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    }
    if (sync !== 'unsynced') fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Makes sure that there is room for so many bytes, by taking it and giving it back.
 *
 * @param path a name that is free, on the disk in question
 * @throws what the system says when there is not
 */
export function reserveRoom(path: string, bytes: number): void {
  writeNew(path, [Buffer.alloc(bytes)]);
  rmSync(path);
}

/** Gives a file another name that must be free, in one step where the file system has hard links. */
export function moveToFreeName(from: string, to: string): void {
  try {
    linkSync(from, to);
    rmSync(from);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    // The exclusive open is the next best proof that the name is free.
    closeSync(openSync(to, 'wx', 0o600));
    renameSync(from, to);
  }
}

/** A second name of a file that is about to be replaced. */
export interface KeptAside {
  putBack(): void;
  forget(): void;
}

/**
 * Keeps a file that is about to be replaced under a second name: putting it back then takes no room, which is what
 * may be missing when that is needed.
 *
 * @throws FILE_UNWRITABLE
 */
export function keepAside(path: string): KeptAside {
  const aside = `${path}.old-${process.pid}`;
  try {
    rmSync(aside, { force: true });
    linkOrCopy(path, aside);
  } catch (error) {
    throw fileError(path, error);
  }
  return {
    putBack() {
      renameSync(aside, path);
      syncFolder(path);
    },
    forget: () => rmSync(aside, { force: true }),
  };
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    writeNew(to, [readFileSync(from)]);
  }
}

/** FAT, some network disks. */
function hasNoLinks(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS';
}

export function syncFile(path: string): void {
  const file = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a new name durable. Windows has no way to sync a folder, and needs none. */
export function syncFolder(path: string): void {
  if (process.platform !== 'win32') syncFile(dirname(path));
}

/** A file error in a sentence; what is no file error passes as it is. */
export function fileError(path: string, error: unknown): unknown {
  const code =
    error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : undefined;
  if (code === undefined) return error;
  if (code === 'EEXIST') {
    return new KeysmithError(
      'FILE_EXISTS',
      `The file ${path} exists already. It was left as it is; choose another name.`,
      { field: 'out', cause: error },
    );
  }
  return new KeysmithError('FILE_UNWRITABLE', `The file ${path} cannot be written: ${whyNotWritten(code)}.`, {
    field: 'out',
    cause: error,
  });
}
