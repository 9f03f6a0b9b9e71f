import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { PublicJwk } from './public-jwk.ts';
import { hasMembers, hasMembersInAnyOrder, isRecord, type JsonRecord } from './shapes.ts';
import { decodeBase64url } from './strict-json.ts';

/** A public key, opened once for all the signatures it will check. */
export interface PublicKey {
  readonly kid: string;
  readonly alg: PublicJwk['alg'];
  readonly jwk: PublicJwk;
  readonly object: KeyObject;
}

const NAMES = ['kid', 'alg', 'use'] as const;
/** What RFC 7638 takes for a thumbprint, in its order, by algorithm (RFC 7518 §6, RFC 8037 §2). */
const MATERIAL = {
  ES256: ['crv', 'kty', 'x', 'y'],
  EdDSA: ['crv', 'kty', 'x'],
  RS256: ['e', 'kty', 'n'],
} as const;
const COORDINATE_BYTES = 32;
const MIN_RSA_BYTES = 256;
/** 8192 bits: more only makes a check slow. */
const MAX_RSA_BYTES = 1024;

/**
 * Reads a public key as Keysmith publishes it (RFC 7517).
 *
 * @param anyOrder whether the members may stand in any order, as in a document that people may have formatted
 * @throws Error with what is wrong with it, as the end of a sentence
 */
export function parsePublicKey(value: unknown, anyOrder = false): PublicKey {
  if (!isRecord(value)) throw new Error('is not an object');
  // SECURITY: whoever publishes a private key has lost it; such a document must not be put to use.
  if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some(member => member in value)) {
    throw new Error('holds a private or secret key');
  }
  const { alg, kid, use } = value;
  if (alg !== 'ES256' && alg !== 'EdDSA' && alg !== 'RS256') {
    throw new Error('is for another algorithm than ES256, EdDSA or RS256');
  }
  const members = [...MATERIAL[alg], ...NAMES];
  if (!(anyOrder ? hasMembersInAnyOrder : hasMembers)(value, members)) {
    throw new Error(`has other members than ${members.join(', ')}${anyOrder ? '' : ', in this order'}`);
  }
  if (use !== 'sig') throw new Error('is not for signatures (use must be "sig")');
  if (!isMaterial(alg, value)) throw new Error(`is not a key for ${alg}`);
  const material = Object.fromEntries(MATERIAL[alg].map(member => [member, value[member]]));
  // SECURITY: a key is its own name (RFC 7638); one that was put in the place of another is not believed.
  const thumbprint = createHash('sha256').update(JSON.stringify(material)).digest('base64url');
  if (kid !== thumbprint) throw new Error('has a kid that is not its RFC 7638 thumbprint');
  const jwk = { ...material, kid, alg, use } as PublicJwk;
  return { kid, alg, jwk, object: openKey(jwk) };
}

/** SECURITY: sizes, curves and the exponent are fixed here, not left to what OpenSSL happens to take. */
function isMaterial(alg: PublicJwk['alg'], { kty, crv, x, y, e, n }: JsonRecord): boolean {
  switch (alg) {
    case 'ES256':
      return kty === 'EC' && crv === 'P-256' && isCoordinate(x) && isCoordinate(y);
    case 'EdDSA':
      return kty === 'OKP' && crv === 'Ed25519' && isCoordinate(x);
    case 'RS256': {
      // An exponent of 1 would make every signature hold.
      if (kty !== 'RSA' || e !== 'AQAB' || typeof n !== 'string') return false;
      const modulus = decodeBase64url(n);
      if (!modulus || modulus.length < MIN_RSA_BYTES || modulus.length > MAX_RSA_BYTES) return false;
      return (modulus[0] ?? 0) >= (modulus.length === MIN_RSA_BYTES ? 0x80 : 1);
    }
  }
}

function isCoordinate(value: unknown): boolean {
  return typeof value === 'string' && decodeBase64url(value)?.length === COORDINATE_BYTES;
}

function openKey(jwk: PublicJwk): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    throw new Error('is not a point on its curve or no number that OpenSSL takes');
  }
}

/** Whether a signature by a key stands over these bytes (RFC 7518 §3, RFC 8037 §3.1). Never throws. */
export function signatureHolds({ alg, object }: PublicKey, data: Buffer, signature: Buffer): boolean {
  try {
    if (alg === 'ES256') {
      return verify('sha256', data, { key: object, dsaEncoding: 'ieee-p1363' }, signature);
    }
    // Ed25519 hashes by itself.
    return verify(alg === 'RS256' ? 'sha256' : null, data, object, signature);
  } catch {
    return false;
  }
}
