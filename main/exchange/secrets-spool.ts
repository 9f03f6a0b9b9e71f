import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { given, KeysmithError } from '../keys/errors.ts';
import type { ImportId } from '../keys/ids.ts';
import { fileError } from '../store/durable-file.ts';
import { createSecretBox, type SecretBox } from '../trust/secret-box.ts';
import { SECRETS_HEADER } from './secrets-file.ts';
import { webStream } from './web-stream.ts';

/**
 * Where secrets are kept that are to be encrypted to a recipient. An age file is one stream with a last piece, which
 * cannot be appended to; so each batch is encrypted by itself, with a key that only the import's record has, and all of
 * them are written as one age file in the end.
 *
 * A frame: its length in four bytes, then AES-256-GCM over the text, bound to the import and the frame's place.
 */
export interface Spool {
  /** The frame of a text, for this place. */
  frame(text: string, position: number): Buffer;
}

const LENGTH = 4;
const MAX_FRAME = 512 * 1024 * 1024;

export function newSpoolKey(): Buffer {
  return randomBytes(32);
}

export function createSpool(key: Buffer, id: ImportId): Spool {
  const box = createSecretBox(key);
  return {
    frame(text, position) {
      const sealed = box.encrypt(Buffer.from(text), placeOf(id, position));
      const length = Buffer.alloc(LENGTH);
      length.writeUInt32BE(sealed.length);
      return Buffer.concat([length, sealed]);
    },
  };
}

// SECURITY: frames cannot change places, nor come from another import.
const placeOf = (id: ImportId, position: number) => `${id}/${position}`;

export interface SpoolSource {
  readonly path: string;
  /** How many bytes count. */
  readonly bytes: number;
  readonly key: Buffer;
  readonly id: ImportId;
}

/** A text of a spool, and where its frame ends. */
interface Frame {
  readonly text: Buffer;
  readonly end: number;
}

/** The texts of a spool, one frame at a time. @throws SECRETS_FILE_INVALID */
function* readFrames({ path, bytes, key, id }: SpoolSource): Generator<Frame> {
  const box: SecretBox = createSecretBox(key);
  const invalid = (cause?: unknown) =>
    new KeysmithError(
      'SECRETS_FILE_INVALID',
      `The file ${path}, which holds the secrets until they are encrypted to the recipient, is gone or was changed. Put it back as it was, then resume.`,
      { field: 'out', cause },
    );
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw invalid(error);
  }
  try {
    for (let position = 0; position < bytes; ) {
      const head = Buffer.alloc(LENGTH);
      if (readSync(file, head, 0, LENGTH, position) < LENGTH) throw invalid();
      const length = head.readUInt32BE();
      if (length > MAX_FRAME || position + LENGTH + length > bytes) throw invalid();
      const sealed = Buffer.alloc(length);
      for (let read = 0; read < length; ) {
        const more = readSync(file, sealed, read, length - read, position + LENGTH + read);
        if (more === 0) throw invalid();
        read += more;
      }
      const text = box.decrypt(sealed, placeOf(id, position));
      if (!text) throw invalid();
      position += LENGTH + length;
      yield { text, end: position };
      text.fill(0);
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Writes the header and all texts of a spool as one age file to a recipient, mode 0600, synced.
 *
 * @param onRead told after each text how much of the spool is encrypted, as a part of 1
 * @returns its SHA-256
 * @throws RECIPIENT_INVALID, SECRETS_FILE_INVALID, FILE_UNWRITABLE; nothing is left behind then
 */
export async function encryptSpool(
  source: SpoolSource,
  to: string,
  recipient: string,
  onRead: (part: number) => void,
): Promise<Buffer> {
  const encrypter = await encrypterTo(recipient);
  const texts = function* () {
    yield Buffer.from(SECRETS_HEADER);
    for (const { text, end } of readFrames(source)) {
      // A copy: the text is overwritten as soon as the next one is asked for.
      yield Buffer.from(text);
      onRead(end / source.bytes);
    }
  };
  const plain = webStream(Readable.from(texts()));
  // What a process left that died right here.
  rmSync(to, { force: true });
  const hash = createHash('sha256');
  let file: number | undefined;
  try {
    file = openSync(to, 'wx', 0o600);
    const reader = (await encrypter.encrypt(plain)).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let written = 0; written < value.length; ) written += writeSync(file, value, written);
      hash.update(value);
    }
    fsyncSync(file);
    return hash.digest();
  } catch (error) {
    rmSync(to, { force: true });
    throw fileError(to, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** @throws RECIPIENT_INVALID */
export async function requireRecipient(recipient: string): Promise<void> {
  await encrypterTo(recipient);
}

async function encrypterTo(recipient: string) {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
    return encrypter;
  } catch (cause) {
    // SECURITY: an identity (AGE-SECRET-KEY-1…) that was given by mistake is not repeated.
    const shown = /^age1[a-z0-9]+$/.test(recipient) ? ` ${given(recipient)}` : '';
    throw new KeysmithError(
      'RECIPIENT_INVALID',
      `The recipient${shown} cannot be used. Allowed is a recipient of age, as age-keygen prints it: age1…`,
      { field: 'recipient', cause },
    );
  }
}
