import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '../keys/base62.ts';

const POOL = 65_536;

/**
 * The system's random bytes, asked for in larger pieces: each call costs more than its bytes.
 *
 * SECURITY: every byte is given once, and stays nowhere but with whom it was given to.
 */
export function pooledRandom(): RandomBytes {
  let pool = Buffer.alloc(0);
  let used = 0;
  return size => {
    if (size > POOL) return randomBytes(size);
    if (used + size > pool.length) {
      pool = randomBytes(POOL);
      used = 0;
    }
    const bytes = Buffer.from(pool.subarray(used, used + size));
    pool.fill(0, used, used + size);
    used += size;
    return bytes;
  };
}
