import { crc32 } from 'node:zlib';

/** `<prefix>_<sk|pk>_<16: key ID without ak_>_<43 random base62><6: checksum>`. */
const OPAQUE_TOKEN = /^[a-z][a-z0-9]{1,7}_(?:sk|pk)_([0-9A-Za-z]{16})_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

export interface OpaqueToken {
  /** The key that the token says it is of; not proven. */
  readonly keyId: string;
  /** False when the token was mistyped or cut: it cannot be one that was issued. */
  readonly checksumHolds: boolean;
}

/** Reads the parts of something shaped like an opaque token; `undefined` when it is not. */
export function parseOpaqueToken(text: string): OpaqueToken | undefined {
  const match = OPAQUE_TOKEN.exec(text);
  if (!match) return undefined;
  return { keyId: `ak_${match[1]}`, checksumHolds: checksum(text.slice(0, -CHECKSUM_LENGTH)) === match[2] };
}

/** CRC-32 (IEEE, as zlib's) of the ASCII bytes, in base62, left-padded with `0` to six. */
function checksum(text: string): string {
  let digits = '';
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / 62))
    digits = BASE62.charAt(rest % 62) + digits;
  return digits.padStart(CHECKSUM_LENGTH, '0');
}
