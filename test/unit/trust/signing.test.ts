import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { SIGNING_ALGS, type SigningKey } from '../../../main/keys/signing-key.ts';
import { createSecretBox } from '../../../main/trust/secret-box.ts';
import { createSigning, thumbprintOf } from '../../../main/trust/signing.ts';
import { refusal } from '../../fixtures/expect-failure.ts';

const masterKey = randomBytes(32);

async function keyOf(alg: (typeof SIGNING_ALGS)[number]): Promise<SigningKey> {
  const made = await createSigning(masterKey).generate(alg);
  return { ...made, purpose: 'token', state: 'active' } as SigningKey;
}

describe('a signing key', () => {
  it('has the thumbprint of RFC 7638 for its name', () => {
    // The example of section 3.1.
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    expect(thumbprintOf({ e: 'AQAB', kty: 'RSA', n })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it.each(SIGNING_ALGS)('of %s signs what jose verifies, and is named as jose names it', async alg => {
    const key = await keyOf(alg);
    expect(key.kid).toBe(await calculateJwkThumbprint({ ...key.publicJwk }));
    const input = `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${Buffer.from('text').toString('base64url')}`;
    const signing = createSigning(masterKey);
    const signature = signing.sign(key, Buffer.from(input));
    const verified = await compactVerify(
      `${input}.${signature.toString('base64url')}`,
      await importJWK({ ...key.publicJwk }, alg),
    );
    expect(Buffer.from(verified.payload).toString()).toBe('text');
    expect(signing.verify(key, Buffer.from(input), signature)).toBe(true);
    expect(signing.verify(key, Buffer.from(`${input}x`), signature)).toBe(false);
  });

  it('can be named on a command line, where what begins with a hyphen is an option', async () => {
    const signing = createSigning(masterKey);
    const asked = await Promise.all(Array.from({ length: 500 }, () => signing.generate('EdDSA')));
    const first = Array.from({ length: 500 }, () => signing.generateFirst());
    for (const { kid } of [...asked, ...first]) expect(kid).toMatch(/^[0-9A-Za-z_][0-9A-Za-z_-]{42}$/);
  });

  it('has 3,072 bits where it is RSA', async () => {
    const { publicJwk } = await keyOf('RS256');
    expect(publicJwk.kty === 'RSA' && Buffer.from(publicJwk.n, 'base64url').length * 8).toBe(3072);
  });

  it('signs only under the master key and the name that it was made with', async () => {
    const key = await keyOf('ES256');
    const other = await keyOf('ES256');
    const moved = { ...key, privateEncrypted: other.privateEncrypted };
    refusal('TAMPERED', () => createSigning(masterKey).sign(moved, Buffer.from('text')));
    refusal('TAMPERED', () => createSigning(randomBytes(32)).sign(key, Buffer.from('text')));
    refusal('TAMPERED', () =>
      createSigning(masterKey).sign({ ...key, privateEncrypted: null }, Buffer.from('text')),
    );
  });
});

describe('a secret box', () => {
  it('gives back what was put in, to its owner alone', () => {
    const box = createSecretBox(randomBytes(32));
    const sealed = box.encrypt(Buffer.from('secret'), 'cr_1');
    expect(box.decrypt(sealed, 'cr_1')?.toString()).toBe('secret');
    expect(box.decrypt(sealed, 'cr_2')).toBeUndefined();
    expect(box.decrypt(sealed.subarray(1), 'cr_1')).toBeUndefined();
    expect(box.decrypt(Buffer.alloc(0), 'cr_1')).toBeUndefined();
    const flipped = Buffer.from(sealed);
    flipped[14] = (flipped[14] ?? 0) ^ 1;
    expect(box.decrypt(flipped, 'cr_1')).toBeUndefined();
    expect(box.encrypt(Buffer.from('secret'), 'cr_1').equals(sealed)).toBe(false);
  });
});
