import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { encodeBase62, type RandomBytes, randomBase62 } from './base62.ts';
import type { KeyId } from './ids.ts';
import type { Kind } from './key.ts';

/** `<prefix>_<sk|pk>_<16: key ID without ak_>_<43 random base62><6: checksum>`. */
const OPAQUE_TOKEN = /^([a-z][a-z0-9]{1,7})_(sk|pk)_([0-9A-Za-z]{16})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

export interface OpaqueTokenParts {
  readonly prefix: string;
  readonly kind: Kind;
  readonly keyId: KeyId;
  /** False when the token was mistyped or cut and mended by hand: it cannot be one that was issued. */
  readonly checksumHolds: boolean;
}

/** CRC-32 (IEEE, as zlib's) of the ASCII bytes, in base62, left-padded with `0` to six. */
export function tokenChecksum(text: string): string {
  return encodeBase62(crc32(text), CHECKSUM_LENGTH);
}

/** Makes a new opaque token for a key. The result is the secret itself: show it once, store its digest. */
export function newOpaqueToken(prefix: string, kind: Kind, keyId: KeyId, random: RandomBytes): string {
  const body = `${prefix}_${kind === 'public' ? 'pk' : 'sk'}_${keyId.slice(3)}_${randomBase62(SECRET_LENGTH, random)}`;
  return body + tokenChecksum(body);
}

/** Reads the parts of something shaped like an opaque token; `undefined` when it is not. */
export function parseOpaqueToken(text: string): OpaqueTokenParts | undefined {
  const match = OPAQUE_TOKEN.exec(text);
  if (!match) return undefined;
  const [, prefix = '', kind, id = '', , checksum] = match;
  return {
    prefix,
    kind: kind === 'pk' ? 'public' : 'private',
    keyId: `ak_${id}` as KeyId,
    checksumHolds: tokenChecksum(text.slice(0, -CHECKSUM_LENGTH)) === checksum,
  };
}

/** SHA-256 of the whole token's bytes: 32 bytes. Lower-case hex of it is what leaves in files. */
export function tokenDigest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** What may be shown of an opaque token for ever: all but the random part, of which the last four stay. */
export function opaqueHint(token: string): string {
  const secretEnd = token.length - CHECKSUM_LENGTH;
  const secretStart = secretEnd - SECRET_LENGTH;
  return `${token.slice(0, secretStart)}…${token.slice(secretEnd - 4, secretEnd)}`;
}
