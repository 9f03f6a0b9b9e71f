import { createHash, type Hash } from 'node:crypto';
import { writeNewDurably, writeNewPart } from '../store/durable-file.ts';
import type { MaybeHashed, WrittenFile } from './jobs.ts';

/**
 * Writes a new file durably and says what is in it.
 *
 * @returns SHA-256 in hex, and the size in bytes
 * @throws FILE_EXISTS, FILE_UNWRITABLE
 */
export function writeHashed(path: string, chunks: Iterable<string | Uint8Array>): WrittenFile {
  const hash = createHash('sha256');
  const { size } = write(path, chunks, { hash, isPart: false });
  return { sha256: hash.digest('hex'), size };
}

/** The same without the hash. A part of a file need not be on the disk before all of the file is. */
export function writeUnhashed(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  { isPart }: { readonly isPart: boolean },
): MaybeHashed {
  return { sha256: null, ...write(path, chunks, { isPart }) };
}

function write(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  { hash, isPart }: { readonly hash?: Hash; readonly isPart: boolean },
): { readonly size: number } {
  let size = 0;
  function* passing() {
    for (const bytes of gathered(chunks)) {
      hash?.update(bytes);
      size += bytes.length;
      yield bytes;
    }
  }
  (isPart ? writeNewPart : writeNewDurably)(path, passing());
  return { size };
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
