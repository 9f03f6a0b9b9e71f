/** base62 in Keysmith's fixed order: `0-9A-Za-z`. */
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Bytes from a cryptographically secure source; replaced in tests. */
export type RandomBytes = (size: number) => Uint8Array;

/** The largest multiple of 62 that a byte can hold; bytes from there on are thrown away. */
const UNBIASED = 248;

/**
 * Draws `length` base62 characters.
 *
 * SECURITY: bytes of 248 and above are rejected instead of reduced, so every character is equally likely.
 */
export function randomBase62(length: number, random: RandomBytes): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length - text.length + 8)) {
      if (byte < UNBIASED && text.length < length) text += BASE62.charAt(byte % 62);
    }
  }
  return text;
}

/** Writes a non-negative integer below 2^53 in base62, left-padded with `0` to `width`. */
export function encodeBase62(value: number, width: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = BASE62.charAt(rest % 62) + text;
  return text.padStart(width, '0');
}
