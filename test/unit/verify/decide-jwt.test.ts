import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openBundle, type VerifyRequest } from '../../../main/verify/index.ts';
import {
  AUDIENCE,
  credentialId,
  type HandmadeOptions,
  handmadeBundle,
  ISS,
  ISSUED,
  inFolder,
  jwt,
  jwtClaims,
  jwtLine,
  keyId,
  LIST,
  NOW,
  opaqueLine,
  revokedLine,
  tokenKey,
  trustDocument,
  trustKey,
} from '../../fixtures/handmade-bundle.ts';
import { handmadeJws, handmadeKey } from '../../fixtures/handmade-keys.ts';

async function opened(options: HandmadeOptions = {}) {
  const handmade = handmadeBundle({ keys: [jwtLine(1), opaqueLine(2)], ...options });
  const bundle = await openBundle(inFolder(handmade), { trust: trustDocument(), at: NOW });
  return (token: string, request: VerifyRequest = {}) => {
    const { reason, key } = bundle.verify(token, { at: NOW, ...request });
    return [reason, key];
  };
}

describe('a JWT', () => {
  it('is valid when a token key signed it and the bundle knows it', async () => {
    const verify = await opened();
    expect(verify(jwt(1))).toEqual([null, keyId(1)]);
  });

  it('is valid when other software made it after the same rules', async () => {
    const verify = await opened();
    const token = await new SignJWT(jwtClaims(1))
      .setProtectedHeader({ alg: 'ES256', kid: tokenKey.kid, typ: 'JWT' })
      .sign(tokenKey.privateKey);
    expect(verify(token)).toEqual([null, keyId(1)]);
  });

  it('may be signed by a key of any algorithm', async () => {
    for (const alg of ['EdDSA', 'RS256'] as const) {
      const other = handmadeKey(alg);
      const verify = await opened({ tokenKeys: [tokenKey, other] });
      expect(verify(jwt(1, {}, other))).toEqual([null, keyId(1)]);
    }
  });

  it.each<[string, string]>([
    ['a header that names its own key', jwt(1, {}, tokenKey, { jwk: tokenKey.jwk })],
    ['a critical header', jwt(1, {}, tokenKey, { crit: ['b64'], b64: false })],
    ['another type', jwt(1, {}, tokenKey, { typ: 'at+jwt' })],
    ['no kid', handmadeJws({ alg: 'ES256', typ: 'JWT' }, jwtClaims(1), tokenKey)],
    [
      'its header in another order',
      handmadeJws({ typ: 'JWT', alg: 'ES256', kid: tokenKey.kid }, jwtClaims(1), tokenKey),
    ],
    ['no signature', `${jwt(1).split('.').slice(0, 2).join('.')}.`],
    ['a part more', `${jwt(1)}.e30`],
    ['padding', `${jwt(1)}=`],
    ['white space at its end', `${jwt(1)} `],
    ['a claim more', jwt(1, { admin: true })],
    ['no jti', jwt(1, { jti: undefined })],
    ['no status', jwt(1, { status: undefined })],
    ['no grants at all', jwt(1, { scope: undefined })],
    ['a subject that is no key', jwt(1, { sub: 'root' })],
    ['an end that is text', jwt(1, { exp: '2100-01-01' })],
    ['a scope with two spaces', jwt(1, { scope: 'a  b' })],
    ['an empty list of addresses', jwt(1, { allowed_ips: [] })],
    ['a claim twice', tokenWith(text => text.replace('{', '{"scope":"admin",'))],
    ['white space in its claims', tokenWith(text => text.replace(':', ': '))],
    ['a negative place', jwt(1, { status: { status_list: { idx: -1, uri: LIST } } })],
  ])('is malformed with %s', async (_, token) => {
    const verify = await opened();
    expect(verify(token)).toEqual(['malformed', null]);
  });

  it('is malformed when it is longer than any that is issued', async () => {
    const verify = await opened();
    const withAccounts = (count: number) =>
      jwt(1, { roles: [{ role: 'viewer', accounts: Array.from({ length: count }, () => 'a'.repeat(60)) }] });
    expect(verify(withAccounts(180))).toEqual([null, keyId(1)]);
    expect(withAccounts(200).length).toBeGreaterThan(16_384);
    expect(verify(withAccounts(200))).toEqual(['malformed', null]);
  });

  it('has a bad signature when anything of it was changed', async () => {
    const verify = await opened();
    const [header, , signature] = jwt(1).split('.');
    const claims = jwt(1, { scope: 'admin' }).split('.')[1];
    expect(verify(`${header}.${claims}.${signature}`)).toEqual(['bad_signature', null]);
  });

  it('has a bad signature when another key signed it, whatever it names', async () => {
    const verify = await opened();
    const stranger = handmadeKey();
    expect(verify(jwt(1, {}, stranger))).toEqual(['bad_signature', null]);
    expect(verify(jwt(1, {}, { ...stranger, kid: tokenKey.kid }))).toEqual(['bad_signature', null]);
    expect(verify(jwt(1, {}, trustKey))).toEqual(['bad_signature', null]);
    expect(verify(jwt(1, {}, { ...tokenKey, kid: stranger.kid }))).toEqual(['bad_signature', null]);
  });

  it('has a bad signature when its header asks for another algorithm than the key’s', async () => {
    const rsa = handmadeKey('RS256');
    const verify = await opened({ tokenKeys: [tokenKey, rsa] });
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const alg of ['none', 'HS256', 'ES384', 'PS256', 'EdDSA', '']) {
      const input = `${part({ alg, kid: rsa.kid, typ: 'JWT' })}.${part(jwtClaims(1))}`;
      const pem = JSON.stringify(rsa.jwk);
      const signature = createHmac('sha256', pem).update(input).digest('base64url');
      expect(verify(`${input}.${signature}`)).toEqual(['bad_signature', null]);
    }
    expect(verify(jwt(1, {}, rsa, { alg: 'ES256' }))).toEqual(['bad_signature', null]);
    expect(verify(jwt(1, {}, rsa))).toEqual([null, keyId(1)]);
  });

  it('of another installation or service is told so', async () => {
    const verify = await opened();
    expect(verify(jwt(1, { iss: 'urn:uuid:other' }))).toEqual(['wrong_issuer', null]);
    expect(verify(jwt(1, { iss: 'urn:uuid:other', aud: 'x' }))[0]).toBe('wrong_issuer');
    expect(verify(jwt(1, { aud: 'urn:keysmith:crm' }))).toEqual(['wrong_audience', null]);
    expect(verify(jwt(1, { aud: [AUDIENCE] }))).toEqual(['malformed', null]);
  });

  it('is unknown when the bundle has no such credential', async () => {
    const verify = await opened();
    expect(verify(jwt(9))).toEqual(['unknown', keyId(9)]);
  });

  it('is unknown when its jti is the credential of another key, or of an opaque token', async () => {
    const verify = await opened();
    expect(verify(jwt(1, { sub: keyId(7) }))).toEqual(['unknown', null]);
    expect(verify(jwt(2))[0]).toBe('unknown');
  });

  it('is unknown when the bundle does not have its place in a status list', async () => {
    const verify = await opened();
    const at = (idx: number, uri = LIST) => jwt(1, { status: { status_list: { idx, uri } } });
    expect(verify(at(1023))[0]).toBeNull();
    expect(verify(at(1024))).toEqual(['unknown', keyId(1)]);
    expect(verify(at(2 ** 40))[0]).toBe('unknown');
    expect(verify(at(1, `${ISS}/billing/status-2`))[0]).toBe('unknown');
  });

  it('is judged by the stricter of the status list and the lines of the bundle', async () => {
    const verify = await opened({
      keys: [1, 2, 3, 4, 5].map(number => jwtLine(number, number === 4 ? { status: 'disabled' } : {})),
      revoked: [revokedLine(5, { sha256: null }), revokedLine(6, { sha256: null })],
      statuses: { 1: 1, 2: 2, 3: 3 },
    });
    expect(verify(jwt(1))).toEqual(['revoked', keyId(1)]);
    expect(verify(jwt(2))).toEqual(['disabled', keyId(2)]);
    expect(verify(jwt(3))).toEqual(['revoked', keyId(3)]);
    expect(verify(jwt(4))).toEqual(['disabled', keyId(4)]);
    expect(verify(jwt(5))).toEqual(['revoked', keyId(5)]);
    expect(verify(jwt(6))).toEqual(['revoked', keyId(6)]);
  });

  it('ends at the earlier of its own end and the bundle’s, to the second', async () => {
    const verify = await opened({ keys: [jwtLine(1, { not_after: NOW + 10 }), jwtLine(2)] });
    expect(verify(jwt(1), { at: NOW + 9 })[0]).toBeNull();
    expect(verify(jwt(1), { at: NOW + 10 })).toEqual(['expired', keyId(1)]);
    expect(verify(jwt(2, { exp: NOW + 5 }), { at: NOW + 4 })[0]).toBeNull();
    expect(verify(jwt(2, { exp: NOW + 5 }), { at: NOW + 5 })[0]).toBe('expired');
    expect(verify(jwt(2, { exp: undefined }))[0]).toBeNull();
  });

  it('must be allowed from an address by itself and by the bundle', async () => {
    const verify = await opened({ keys: [jwtLine(1, { allowed_ips: ['10.0.0.0/8'] }), jwtLine(2)] });
    const token = jwt(1, { allowed_ips: ['10.1.0.0/16', '192.0.2.7'] });
    expect(verify(token, { ip: '::ffff:10.1.2.3' })[0]).toBeNull();
    expect(verify(token, { ip: '10.2.0.1' })[0]).toBe('ip_not_allowed');
    expect(verify(token, { ip: '192.0.2.7' })[0]).toBe('ip_not_allowed');
    expect(verify(jwt(2, { allowed_ips: ['10.0.0.1'] }))[0]).toBe('ip_not_allowed');
  });

  it('must be granted a permission by itself and by the bundle', async () => {
    const verify = await opened({ keys: [jwtLine(1, { permissions: ['a', 'b'] })] });
    const token = jwt(1, { scope: 'b c' });
    expect(['a', 'b', 'c', 'B', ''].map(permission => verify(token, { permission })[0])).toEqual([
      'not_granted',
      null,
      'not_granted',
      'not_granted',
      'not_granted',
    ]);
    expect(verify(jwt(1, { scope: '' }))[0]).toBeNull();
  });
});

describe('a JWT that is newer than the bundle', () => {
  const newer = { iat: ISSUED, status: { status_list: { idx: 2 ** 19, uri: LIST } } };

  it('is judged by its signature and claims alone where newer ones are accepted', async () => {
    const verify = await opened();
    const ask = { acceptNewer: true };
    expect(verify(jwt(9, newer), ask)).toEqual([null, keyId(9)]);
    expect(verify(jwt(9, newer))).toEqual(['unknown', keyId(9)]);
    expect(verify(jwt(9, newer), { ...ask, permission: 'invoices:write' })[0]).toBe('not_granted');
    expect(verify(jwt(9, { ...newer, exp: NOW }), ask)[0]).toBe('expired');
    expect(verify(jwt(9, { ...newer, allowed_ips: ['10.0.0.1'] }), ask)[0]).toBe('ip_not_allowed');
    expect(verify(jwt(9, newer, handmadeKey()), ask)[0]).toBe('bad_signature');
  });

  it('is still unknown when it was issued a second before the bundle', async () => {
    const verify = await opened();
    expect(verify(jwt(9, { ...newer, iat: ISSUED - 1 }), { acceptNewer: true })[0]).toBe('unknown');
  });

  it('is still refused by what the bundle knows of it', async () => {
    const verify = await opened({ revoked: [revokedLine(9, { sha256: null })] });
    expect(verify(jwt(9, { iat: ISSUED }), { acceptNewer: true })[0]).toBe('revoked');
    expect(verify(jwt(9, { ...newer, sub: keyId(3) }), { acceptNewer: true })[0]).toBe('unknown');
  });

  it('is not held to a place that was not given yet, which reads as invalid', async () => {
    const verify = await opened({ statuses: { 8: 1 } });
    const listed = { ...newer, status: { status_list: { idx: 8, uri: LIST } } };
    expect(verify(jwt(8, { ...listed, jti: credentialId(80) }), { acceptNewer: true })[0]).toBeNull();
  });
});

function tokenWith(change: (claims: string) => string): string {
  const payload = Buffer.from(change(JSON.stringify(jwtClaims(1))));
  return handmadeJws({ alg: tokenKey.alg, kid: tokenKey.kid, typ: 'JWT' }, payload, tokenKey);
}
