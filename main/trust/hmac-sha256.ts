import { createHmac, hash, type KeyObject } from 'node:crypto';

/** Bytes that SHA-256 takes at a time, and of the key that HMAC mixes into each of its two hashes. */
const BLOCK = 64;
const DIGEST = 32;
/** Bytes of a message that is given in place. */
const ROOM = 16 * 1024;

/** HMAC-SHA-256 under one key. */
export interface HmacSha256 {
  /** Where a message is written that is not too long for it. */
  readonly message: Buffer;
  /** The MAC, 32 bytes, of the first bytes of `message`. */
  ofMessage(length: number): Buffer;
  /** The same as text: to compare it with what is known takes no Buffer, which costs as much as a hash. */
  hexOfMessage(length: number): string;
  /** The MAC of parts, one after the other, however long they are. */
  of(...parts: readonly Uint8Array[]): Buffer;
  /** Overwrites what it was made ready with; it gives no MAC in place any more. */
  forget(): void;
}

/**
 * HMAC-SHA-256 (RFC 2104) for very many short messages: `createHmac` makes and frees an object for each of them, which
 * costs several times what the two hashes themselves do.
 *
 * @param key 64 bytes at most
 */
export function hmacSha256(key: KeyObject): HmacSha256 {
  const secret = key.export();
  if (secret.length > BLOCK) throw new RangeError(`an HMAC key of ${secret.length} bytes`);
  const inner = Buffer.alloc(BLOCK + ROOM);
  const outer = Buffer.alloc(BLOCK + DIGEST);
  for (let at = 0; at < BLOCK; at += 1) {
    const byte = secret[at] ?? 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  secret.fill(0);
  let isForgotten = false;
  const mixInner = (length: number): void => {
    if (isForgotten) throw new Error('the key of an HMAC was forgotten');
    // As text of one byte a character, a digest comes back several times faster than as a Buffer.
    outer.write(hash('sha256', inner.subarray(0, BLOCK + length), 'binary'), BLOCK, 'latin1');
  };
  return {
    message: inner.subarray(BLOCK),
    ofMessage(length) {
      mixInner(length);
      return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
    },
    hexOfMessage(length) {
      mixInner(length);
      return hash('sha256', outer, 'hex');
    },
    of(...parts) {
      const mac = createHmac('sha256', key);
      for (const part of parts) mac.update(part);
      return mac.digest();
    },
    // SECURITY: the pads give the key away.
    forget() {
      isForgotten = true;
      inner.fill(0);
      outer.fill(0);
    },
  };
}
