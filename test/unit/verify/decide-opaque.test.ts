import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBundle, type VerifyRequest } from '../../../main/verify/index.ts';
import {
  credentialId,
  handmadeBundle,
  inFolder,
  keyId,
  NOW,
  opaqueLine,
  opaqueToken,
  revokedLine,
  trustDocument,
} from '../../fixtures/handmade-bundle.ts';

async function opened() {
  const keys = [
    opaqueLine(1),
    // Key 1 while its secret is being replaced: another credential of the same key.
    opaqueLine(1, {
      credential: credentialId(101),
      sha256: digestOf(opaqueToken(1, 101)),
      not_after: NOW,
    }),
    opaqueLine(2, { status: 'disabled' }),
    opaqueLine(3, { not_after: NOW }),
    opaqueLine(4, { not_after: NOW + 1 }),
    opaqueLine(5, { allowed_ips: ['10.0.0.0/8'] }),
    opaqueLine(6),
    opaqueLine(7, {
      status: 'disabled',
      not_after: NOW,
      allowed_ips: ['10.0.0.0/8'],
      permissions: [],
    }),
  ];
  const revoked = [
    revokedLine(6),
    revokedLine(8),
    revokedLine(1, {
      credential: credentialId(201),
      sha256: digestOf(opaqueToken(1, 201)),
      reason: 'superseded',
    }),
    revokedLine(1, {
      credential: credentialId(202),
      sha256: digestOf(opaqueToken(1, 202)),
      reason: 'superseded',
    }),
  ];
  const bundle = await openBundle(inFolder(handmadeBundle({ keys, revoked })), {
    trust: trustDocument(),
    at: NOW,
  });
  return (token: string, request: VerifyRequest = {}) => {
    const { valid, reason, key, service, sequence } = bundle.verify(token, { at: NOW, ...request });
    expect([valid, service, sequence]).toEqual([reason === null, 'billing', 1]);
    return [reason, key];
  };
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

describe('an opaque token', () => {
  it('is valid when its SHA-256 is that of a credential of the key that it names', async () => {
    const verify = await opened();
    expect(verify(opaqueToken(1))).toEqual([null, keyId(1)]);
  });

  it('is malformed when it has another shape', async () => {
    const verify = await opened();
    const token = opaqueToken(1);
    for (const other of [
      '',
      token.slice(1),
      `${token}0`,
      ` ${token}`,
      `${token}\n`,
      token.replace('_sk_', '_xk_'),
    ]) {
      expect(verify(other)).toEqual(['malformed', null]);
    }
  });

  it('has a bad checksum when one character was mistyped', async () => {
    const verify = await opened();
    const token = opaqueToken(1);
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: token.length - 1 }),
        fc.constantFrom('a', 'Z', '7'),
        (at, character) => {
          fc.pre(token[at] !== character && token[at] !== '_');
          expect(verify(token.slice(0, at) + character + token.slice(at + 1))).toEqual([
            'bad_checksum',
            null,
          ]);
        },
      ),
    );
  });

  it('is unknown when the bundle has no such key, or the key another secret', async () => {
    const verify = await opened();
    expect(verify(opaqueToken(99))).toEqual(['unknown', null]);
    expect(verify(opaqueToken(1, 999))).toEqual(['unknown', null]);
    expect(verify(opaqueToken(99), { acceptNewer: true })).toEqual(['unknown', null]);
  });

  it('of a key with two credentials is judged by its own', async () => {
    const verify = await opened();
    expect(verify(opaqueToken(1, 101), { at: NOW - 1 })).toEqual([null, keyId(1)]);
    expect(verify(opaqueToken(1, 101))).toEqual(['expired', keyId(1)]);
    expect(verify(opaqueToken(1))).toEqual([null, keyId(1)]);
  });

  it('is revoked when it is among the refused ones, even when it also stands among the keys', async () => {
    const verify = await opened();
    expect(verify(opaqueToken(8))).toEqual(['revoked', keyId(8)]);
    expect(verify(opaqueToken(6))).toEqual(['revoked', keyId(6)]);
    expect(verify(opaqueToken(1, 201))).toEqual(['revoked', keyId(1)]);
    expect(verify(opaqueToken(1, 202))).toEqual(['revoked', keyId(1)]);
  });

  it('is expired from its end on, to the second', async () => {
    const verify = await opened();
    expect(verify(opaqueToken(3))).toEqual(['expired', keyId(3)]);
    expect(verify(opaqueToken(4))).toEqual([null, keyId(4)]);
    expect(verify(opaqueToken(4), { at: NOW + 1 })).toEqual(['expired', keyId(4)]);
  });

  it('is only good from its addresses', async () => {
    const verify = await opened();
    expect(verify(opaqueToken(5), { ip: '10.1.2.3' })).toEqual([null, keyId(5)]);
    expect(verify(opaqueToken(5), { ip: '11.1.2.3' })).toEqual(['ip_not_allowed', keyId(5)]);
    expect(verify(opaqueToken(5))).toEqual(['ip_not_allowed', keyId(5)]);
  });

  it('gives the first of several reasons', async () => {
    const verify = await opened();
    const asked = { ip: '11.1.2.3', permission: 'invoices:write' };
    expect(verify(opaqueToken(8), asked)[0]).toBe('revoked');
    expect(verify(opaqueToken(2), asked)[0]).toBe('disabled');
    expect(verify(opaqueToken(7), asked)[0]).toBe('disabled');
    expect(verify(opaqueToken(3), asked)[0]).toBe('expired');
    expect(verify(opaqueToken(5), asked)[0]).toBe('ip_not_allowed');
    expect(verify(opaqueToken(4), asked)[0]).toBe('not_granted');
  });

  it('may be any string of any length without an exception', async () => {
    const verify = await opened();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map(text => `ks_sk_${text}.a.b`),
        ),
        text => {
          expect(verify(text)[1]).toBeNull();
        },
      ),
    );
    expect(verify('a'.repeat(50_000_000))).toEqual(['malformed', null]);
    expect(verify('.'.repeat(16_384))).toEqual(['malformed', null]);
  });
});
