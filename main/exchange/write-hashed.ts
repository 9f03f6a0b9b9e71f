import { createHash } from 'node:crypto';
import { writeNewDurably } from '../store/durable-file.ts';
import type { WrittenFile } from './jobs.ts';

/**
 * Writes a new file durably and says what is in it.
 *
 * @returns SHA-256 in hex, and the size in bytes
 * @throws FILE_EXISTS, FILE_UNWRITABLE
 */
export function writeHashed(path: string, chunks: Iterable<string | Uint8Array>): WrittenFile {
  const hash = createHash('sha256');
  let size = 0;
  function* passing() {
    for (const bytes of gathered(chunks)) {
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
  }
  writeNewDurably(path, passing());
  return { sha256: hash.digest('hex'), size };
}

/** Bytes that are hashed and written at a time. */
const ROOM = 128 * 1024;
/** UTF-8 takes three bytes for each unit of a text at most. */
const MOST = 3;

/** Chunks as bytes, small texts together: each is valid until the next one is asked for. */
function* gathered(chunks: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  const room = Buffer.allocUnsafe(ROOM);
  let end = 0;
  for (const chunk of chunks) {
    const isSmall = typeof chunk === 'string' && MOST * chunk.length <= ROOM;
    if (end > 0 && (!isSmall || end + MOST * chunk.length > ROOM)) {
      yield room.subarray(0, end);
      end = 0;
    }
    if (isSmall) end += room.write(chunk, end);
    else yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  if (end > 0) yield room.subarray(0, end);
}
