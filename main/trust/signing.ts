import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { assertNever, KeysmithError } from '../keys/errors.ts';
import type { NewSigningKey, Signing } from '../keys/ports.ts';
import type { PublicJwk, SigningAlg, SigningKey } from '../keys/signing-key.ts';
import { joseSignature } from './ecdsa-signature.ts';
import { createSecretBox } from './secret-box.ts';

const RSA_BITS = 3072;
const generate = promisify(generateKeyPair);
const signInPool = promisify(sign);

/**
 * Makes key pairs and signs with them. The private halves leave this module only encrypted, under `key` (32 bytes).
 *
 * A token is signed at once, inside the transaction that gives it its place in a status list; only for many keys at a
 * time are signatures made before it (`sign-ahead.ts`).
 */
export function createSigning(key: Buffer | null): Signing {
  const box = createSecretBox(key);
  const privateKeys = new Map<string, KeyObject>();
  const publicKeys = new Map<string, KeyObject>();

  const seal = (
    alg: SigningAlg,
    { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
  ) => {
    const publicJwk = publicJwkOf(publicKey);
    const kid = thumbprintOf(publicJwk);
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const privateEncrypted = box.encrypt(pkcs8, kid);
    pkcs8.fill(0);
    return { kid, alg, publicJwk, privateEncrypted } satisfies NewSigningKey;
  };

  const privateKeyOf = (key: SigningKey): KeyObject => {
    const known = privateKeys.get(key.kid);
    if (known && key.privateEncrypted) return known;
    privateKeys.delete(key.kid);
    const pkcs8 = key.privateEncrypted && box.decrypt(key.privateEncrypted, key.kid);
    if (!pkcs8) {
      throw new KeysmithError(
        'TAMPERED',
        `The signing key ${key.kid} was changed outside Keysmith and cannot be read. Mark it as compromised.`,
        { field: 'kid' },
      );
    }
    const opened = createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' });
    pkcs8.fill(0);
    privateKeys.set(key.kid, opened);
    return opened;
  };

  const publicKeyOf = (key: Pick<SigningKey, 'kid' | 'publicJwk'>): KeyObject | undefined => {
    const known = publicKeys.get(key.kid);
    if (known) return known;
    // SECURITY: a key is its own name; one that was put in the place of another is not believed.
    if (thumbprintOf(key.publicJwk) !== key.kid) return undefined;
    const opened = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' });
    publicKeys.set(key.kid, opened);
    return opened;
  };

  return {
    async generate(alg) {
      for (;;) {
        const made = seal(alg, await generatePair(alg));
        if (isTypable(made)) return made;
      }
    },
    generateFirst() {
      for (;;) {
        const made = seal('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
        if (isTypable(made)) return made;
      }
    },
    sign(key, data) {
      return asInJws(key.alg, sign(digestOf(key.alg), data, privateKeyOf(key)));
    },
    async signLater(key, data) {
      return asInJws(key.alg, await signInPool(digestOf(key.alg), data, privateKeyOf(key)));
    },
    verify(key, data, signature) {
      const publicKey = publicKeyOf(key);
      if (!publicKey) return false;
      return key.alg === 'ES256'
        ? verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
        : verify(digestOf(key.alg), data, publicKey, signature);
    },
  };
}

function generatePair(alg: SigningAlg): Promise<KeyPairKeyObjectResult> {
  switch (alg) {
    case 'ES256':
      return generate('ec', { namedCurve: 'P-256' });
    case 'EdDSA':
      return generate('ed25519');
    case 'RS256':
      return generate('rsa', { modulusLength: RSA_BITS });
    default:
      return assertNever(alg);
  }
}

/** Whether the key can be named on a command line: what begins with a hyphen, as one kid in 64 does, is an option there. */
function isTypable({ kid }: NewSigningKey): boolean {
  return !kid.startsWith('-');
}

/** Ed25519 hashes by itself. */
function digestOf(alg: SigningAlg): string | null {
  return alg === 'EdDSA' ? null : 'sha256';
}

function asInJws(alg: SigningAlg, signature: Buffer): Buffer {
  return alg === 'ES256' ? joseSignature(signature) : signature;
}

/** RFC 7638: SHA-256 over the required members, in their order, without white space. */
export function thumbprintOf(jwk: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
}

function publicJwkOf(publicKey: KeyObject): PublicJwk {
  const { kty, crv, x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' });
  if (kty === 'EC' && crv === 'P-256') return { crv, kty, x, y };
  if (kty === 'OKP' && crv === 'Ed25519') return { crv, kty, x };
  if (kty === 'RSA') return { e, kty, n };
  throw new Error(`OpenSSL made a key of type ${kty} ${crv}`);
}
