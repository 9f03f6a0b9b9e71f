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
    for (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
  }
  writeNewDurably(path, passing());
  return { sha256: hash.digest('hex'), size };
}
