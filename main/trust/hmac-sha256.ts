import { createHmac, hash, type KeyObject } from 'node:crypto';

/** Bytes that SHA-256 takes at a time, and of the key that HMAC mixes into each of its two hashes. */
const BLOCK = 64;
const DIGEST = 32;
/** What is kept ready for a message; a longer one is rare and takes the way of the library. */
const ROOM = 16 * 1024;
/** UTF-8 takes at most three bytes for each unit of a string. */
const MAX_UNITS = Math.floor((ROOM - BLOCK - DIGEST) / 3);

/**
 * HMAC-SHA-256 (RFC 2104) under one key, for very many short messages. `createHmac` makes and frees an object for
 * each of them, which costs several times what the two hashes themselves do.
 *
 * @param key 64 bytes at most
 * @returns what gives the MAC, 32 bytes, of a text in UTF-8, after `previous` (32 bytes at most) where that is given
 */
export function hmacSha256(key: KeyObject): (text: string, previous?: Uint8Array) => Buffer {
  const secret = key.export();
  if (secret.length > BLOCK) throw new RangeError(`an HMAC key of ${secret.length} bytes`);
  const inner = Buffer.alloc(ROOM, 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (const [at, byte] of secret.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  secret.fill(0);
  return (text, previous) => {
    if (text.length > MAX_UNITS || (previous !== undefined && previous.length > DIGEST)) {
      const mac = createHmac('sha256', key);
      if (previous) mac.update(previous);
      return mac.update(text).digest();
    }
    let end = BLOCK;
    if (previous) {
      inner.set(previous, end);
      end += previous.length;
    }
    end += inner.write(text, end, 'utf8');
    // As text of one byte a character, a digest comes back several times faster than as a Buffer.
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  };
}
