import { describe, expect, it } from 'vitest';
import { parsePublicKey, signatureHolds } from '../../../main/verify/public-key.ts';
import { handmadeJws, handmadeKey } from '../../fixtures/handmade-keys.ts';

const ec = handmadeKey('ES256');
const reordered = Object.fromEntries(Object.entries(ec.jwk).reverse());

describe('a public key', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)('of %s is read and checks signatures', alg => {
    const key = handmadeKey(alg);
    const read = parsePublicKey(key.jwk);
    const [header, payload, signature = ''] = handmadeJws({ alg }, {}, key).split('.');
    const input = Buffer.from(`${header}.${payload}`);
    expect(signatureHolds(read, input, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(signatureHolds(read, Buffer.from('other'), Buffer.from(signature, 'base64url'))).toBe(false);
    expect(signatureHolds(read, input, Buffer.alloc(3))).toBe(false);
  });

  it('has the thumbprint of the RFC 7638 example', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    const kid = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
    expect(parsePublicKey({ e: 'AQAB', kty: 'RSA', n, kid, alg: 'RS256', use: 'sig' }).kid).toBe(kid);
  });

  it('may have its members in any order only where people write', () => {
    expect(parsePublicKey(reordered, true).jwk).toEqual(ec.jwk);
    expect(() => parsePublicKey(reordered)).toThrow(/order/);
  });

  it.each([
    ['a kid of another key', { ...ec.jwk, kid: handmadeKey().kid }, /thumbprint/],
    ['a private half', { ...ec.jwk, ...ec.privateKey.export({ format: 'jwk' }) }, /private/],
    ['another use', { ...ec.jwk, use: 'enc' }, /signatures/],
    ['a member more', { ...ec.jwk, x5u: 'https://example.org' }, /members/],
    ['the algorithm of another type', { ...ec.jwk, alg: 'RS256' }, /members/],
    ['HMAC', { kty: 'oct', alg: 'HS256', use: 'sig' }, /algorithm/],
    ['a secret', { kty: 'oct', k: 'AAAA', alg: 'ES256' }, /private or secret/],
    ['too few RSA bits', handmadeKey('RS256', 1024).jwk, /not a key for RS256/],
    ['another RSA exponent', { ...handmadeKey('RS256').jwk, e: 'AQ' }, /not a key for RS256/],
    ['a short coordinate', { ...ec.jwk, x: 'AAAA' }, /not a key for ES256/],
    ['another curve', { ...ec.jwk, crv: 'P-384' }, /not a key for ES256/],
    ['nothing', null, /not an object/],
  ])('is refused with %s', (_, jwk, why) => {
    expect(() => parsePublicKey(jwk)).toThrow(why);
  });
});
