import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { KeysmithError } from '../keys/errors.ts';
import { PIECE } from '../store/backup-secret.ts';
import type { WrittenFile } from './jobs.ts';
import { webStream } from './web-stream.ts';

/** scrypt's work factor of a backup as a power of two: the one that `age` itself takes. */
const SCRYPT_LOG_N = 18;

const AGE_HEADER = 'age-encryption.org/v1\n-> scrypt ';

export interface Encryption {
  readonly passphrase: string;
  /** Smaller in tests. */
  readonly scryptLogN?: number | undefined;
  /** Sees each piece before it is encrypted, and may change it. */
  readonly onPiece: (piece: Buffer) => void;
}

/**
 * Encrypts a file to a passphrase as a new age file (C2SP age, scrypt recipient), mode 0600, synced. Piece by piece: in
 * memory are never more than a few.
 *
 * @throws what the system says of a file; nothing is left behind then
 */
export async function encryptFile(
  from: string,
  to: string,
  { passphrase, scryptLogN = SCRYPT_LOG_N, onPiece }: Encryption,
): Promise<WrittenFile> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(scryptLogN);
  return writeNew(to, await encrypter.encrypt(webStream(Readable.from(pieces(from, onPiece)))));
}

/** Pieces that start at multiples of their size, as the file has them. */
async function* pieces(path: string, onPiece: (piece: Buffer) => void): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE })) {
    held = Buffer.concat([held, chunk]);
    for (; held.length >= PIECE; held = held.subarray(PIECE)) {
      // A copy: what was yielded may still be waiting when the next one is read.
      const piece = Buffer.from(held.subarray(0, PIECE));
      onPiece(piece);
      yield piece;
    }
  }
  onPiece(held);
  yield held;
}

/**
 * Decrypts an age file into a new file, mode 0600, piece by piece.
 *
 * @param onPiece told of each piece; whatever it throws ends the work
 * @throws FILE_UNREADABLE, FILE_INVALID, BACKUP_PASSPHRASE_WRONG; nothing is left behind then
 */
export async function decryptFile(
  from: string,
  to: string,
  passphrase: string,
  onPiece: (size: number) => void,
): Promise<void> {
  await withDecrypted(from, passphrase, plain => writeNew(to, plain, onPiece, cause => damaged(from, cause)));
}

/**
 * Whether a passphrase opens an age file is known before what is in it is read.
 *
 * @throws FILE_UNREADABLE, FILE_INVALID, BACKUP_PASSPHRASE_WRONG
 */
export async function requireOpens(from: string, passphrase: string): Promise<void> {
  await withDecrypted(from, passphrase, plain => plain.cancel());
}

async function withDecrypted(
  from: string,
  passphrase: string,
  use: (plain: ReadableStream<Uint8Array>) => Promise<unknown>,
): Promise<void> {
  requireAgeFile(from);
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const file = createReadStream(from);
  try {
    const plain = await decrypter.decrypt(webStream(file)).catch((cause: unknown) => {
      throw /no identity matched/.test(String(cause)) ? wrongPassphrase(cause) : damaged(from, cause);
    });
    await use(plain);
  } finally {
    file.destroy();
  }
}

/** Writes what comes, and syncs it. */
async function writeNew(
  path: string,
  source: ReadableStream<Uint8Array>,
  onPiece: (size: number) => void = () => undefined,
  onSourceError: (cause: unknown) => unknown = cause => cause,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let size = 0;
  const file = openSync(path, 'wx', 0o600);
  const reader = source.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw onSourceError(cause);
      });
      if (done) break;
      for (let written = 0; written < value.length; ) written += writeSync(file, value, written);
      hash.update(value);
      size += value.length;
      onPiece(value.length);
    }
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    // What is still to come is not wanted; why it is not, is thrown.
    await reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    closeSync(file);
  }
  return { sha256: hash.digest('hex'), size };
}

function requireAgeFile(path: string): void {
  const head = Buffer.alloc(AGE_HEADER.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, head, 0, head.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new KeysmithError('FILE_UNREADABLE', `The backup ${path} cannot be read (${code}).`, {
      field: 'file',
      cause,
    });
  }
  if (head.toString('latin1') === AGE_HEADER) return;
  throw new KeysmithError(
    'FILE_INVALID',
    `The file ${path} is no backup of Keysmith: it is not an age file that a passphrase opens. Nothing was changed.`,
    { field: 'file' },
  );
}

function wrongPassphrase(cause: unknown): KeysmithError {
  return new KeysmithError(
    'BACKUP_PASSPHRASE_WRONG',
    'The passphrase does not open the backup. Nothing was changed; try again.',
    { field: 'passphrase', cause },
  );
}

function damaged(path: string, cause: unknown): KeysmithError {
  return new KeysmithError(
    'FILE_INVALID',
    `The backup ${path} is damaged or was cut off. Nothing was changed; use another copy of it, or an older backup.`,
    { field: 'file', cause },
  );
}
