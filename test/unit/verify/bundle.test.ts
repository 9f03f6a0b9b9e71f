import { describe, expect, it } from 'vitest';
import { BundleError, CHECKS, openBundle, REASONS, type VerifyRequest } from '../../../main/verify/index.ts';
import {
  EXPIRES,
  handmadeBundle,
  ISSUED,
  inFolder,
  jwt,
  jwtLine,
  keyId,
  LIST,
  NOW,
  opaqueLine,
  opaqueToken,
  revokedLine,
  trustDocument,
} from '../../fixtures/handmade-bundle.ts';

async function opened() {
  const keys = [
    opaqueLine(1),
    opaqueLine(2, { status: 'disabled' }),
    opaqueLine(3, { not_after: NOW, allowed_ips: ['10.0.0.0/8'] }),
    opaqueLine(4, { allowed_ips: ['10.0.0.0/8'] }),
    jwtLine(5),
  ];
  const handmade = handmadeBundle({ keys, revoked: [revokedLine(6)], statuses: { 7: 1 } });
  return openBundle(inFolder(handmade), { trust: trustDocument(), at: NOW });
}

describe('a loaded bundle', () => {
  it('says nothing outside its time: it throws, so that the service answers 503', async () => {
    const bundle = await opened();
    for (const ask of [bundle.verify, bundle.explain]) {
      const codeAt = (at: number) => {
        try {
          ask(opaqueToken(1), { at });
          return null;
        } catch (error) {
          return error instanceof BundleError ? error.code : error;
        }
      };
      expect([ISSUED - 1, ISSUED, EXPIRES - 1, EXPIRES].map(codeAt)).toEqual([
        'BUNDLE_NOT_YET_VALID',
        null,
        null,
        'BUNDLE_EXPIRED',
      ]);
    }
  });

  it.each<[string, unknown]>([
    ['an account without a role', { account: 'acc-1' }],
    ['a misspelled member', { permissions: ['invoices:write'] }],
    ['a permission that is a list', { permission: ['invoices:read'] }],
    ['a permission that is null', { permission: null }],
    ['an address that is a number', { ip: 1 }],
    ['a time that is no number', { at: Number.NaN }],
    ['a time with a fraction', { at: NOW + 0.5 }],
    ['a time as text', { at: String(NOW) }],
    ['newer ones accepted by a word', { acceptNewer: 'no' }],
    ['null for a request', null],
  ])('takes %s for a mistake of the caller', async (_, request) => {
    const bundle = await opened();
    expect(() => bundle.verify(opaqueToken(1), request as VerifyRequest)).toThrow(TypeError);
  });

  it('takes a token that is no string for a mistake of the caller', async () => {
    const bundle = await opened();
    for (const token of [undefined, null, 1, Buffer.from(opaqueToken(1))]) {
      expect(() => bundle.verify(token as unknown as string, { at: NOW })).toThrow(TypeError);
    }
  });

  it('answers by the machine’s clock when no time is given', async () => {
    const now = Math.floor(Date.now() / 1000);
    const manifest = (members: Record<string, unknown>) =>
      Object.assign(members, { issued_at: now - 60, expires_at: now + 3600 });
    const bundle = await openBundle(
      inFolder(
        handmadeBundle({
          manifest,
          keys: [opaqueLine(1, { not_after: now - 1 }), opaqueLine(2, { not_after: now + 3600 })],
        }),
      ),
      { trust: trustDocument() },
    );
    expect(bundle.verify(opaqueToken(1)).reason).toBe('expired');
    expect(bundle.verify(opaqueToken(2)).reason).toBeNull();
  });
});

describe('an explanation', () => {
  const cases: readonly [string, string, VerifyRequest][] = [
    ['valid opaque', opaqueToken(1), { permission: 'invoices:read' }],
    ['valid JWT', jwt(5), { permission: 'invoices:read' }],
    ['malformed', 'nonsense', {}],
    ['bad checksum', opaqueToken(1).replace('000', '001'), {}],
    ['bad signature', `${jwt(5).slice(0, -8)}AAAAAAAA`, {}],
    ['wrong issuer', jwt(5, { iss: 'urn:uuid:other' }), {}],
    ['wrong audience', jwt(5, { aud: 'other' }), {}],
    ['unknown opaque', opaqueToken(99), {}],
    ['unknown JWT', jwt(99), {}],
    ['newer JWT', jwt(99, { iat: ISSUED }), { acceptNewer: true }],
    ['JWT without a place', jwt(5, { status: { status_list: { idx: 5000, uri: 'x' } } }), {}],
    ['revoked', opaqueToken(6), {}],
    ['revoked by the list', jwt(5, { status: { status_list: { idx: 7, uri: LIST } } }), {}],
    ['disabled', opaqueToken(2), {}],
    ['expired', opaqueToken(3), {}],
    ['no address', opaqueToken(4), {}],
    ['another address', opaqueToken(4), { ip: '192.0.2.1' }],
    ['not granted', opaqueToken(1), { permission: 'invoices:write', role: 'viewer', account: 'acc-1' }],
  ];

  it.each(cases)('is the verdict with its steps in order: %s', async (_, token, request) => {
    const bundle = await opened();
    const asked = { at: NOW, ...request };
    const { steps, ...verdict } = bundle.explain(token, asked);
    expect(verdict).toEqual(bundle.verify(token, asked));
    expect(steps.map(({ check }) => check)).toEqual(CHECKS);
    const failed = verdict.reason === null ? CHECKS.length : REASONS.indexOf(verdict.reason);
    for (const [index, { outcome, detail }] of steps.entries()) {
      if (index < failed) expect(['passed', 'not-asked']).toContain(outcome);
      else expect(outcome).toBe(index === failed ? 'failed' : 'not-reached');
      expect(detail).toMatch(/^[^\n]{10,400}\.$/);
      expect(detail).not.toContain(token);
      expect(detail).not.toContain(token.slice(-20));
      expect(detail).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('says which checks did not apply', async () => {
    const bundle = await opened();
    const notAsked = (token: string, request: VerifyRequest = {}) =>
      bundle
        .explain(token, { at: NOW, ...request })
        .steps.filter(({ outcome }) => outcome === 'not-asked')
        .map(({ check }) => check);
    expect(notAsked(opaqueToken(1))).toEqual(['signature', 'issuer', 'audience', 'ip', 'grants']);
    expect(notAsked(jwt(5), { permission: 'invoices:read' })).toEqual(['checksum', 'ip']);
    expect(notAsked(opaqueToken(4), { ip: '10.0.0.1', permission: 'invoices:read' })).toEqual([
      'signature',
      'issuer',
      'audience',
    ]);
  });

  it('tells an admin what to look at', async () => {
    const bundle = await opened();
    const failure = (token: string, request: VerifyRequest = {}) =>
      bundle.explain(token, { at: NOW, ...request }).steps.find(({ outcome }) => outcome === 'failed')
        ?.detail;
    expect(failure(opaqueToken(6))).toBe(
      `The credential of the key ${keyId(6)} is refused since 2027-01-15T07:59:50Z: revoked.`,
    );
    expect(failure(opaqueToken(3))).toBe('It ended at 2027-01-15T09:00:00Z, and it is 2027-01-15T09:00:00Z.');
    expect(failure(opaqueToken(4), { ip: '192.0.2.1' })).toBe(
      'The address 192.0.2.1 is not allowed. Allowed: 10.0.0.0/8.',
    );
    expect(failure(opaqueToken(1), { permission: 'invoices:write' })).toBe(
      'The key does not hold the permission invoices:write.',
    );
  });
});
