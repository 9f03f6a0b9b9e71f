import { describe, it } from 'vitest';
import { openBundle } from '../../../main/verify/index.ts';
import { refusedBundle } from '../../fixtures/expect-refused.ts';
import {
  EXPIRES,
  handmadeBundle,
  ISS,
  inFolder,
  NOW,
  opaqueLine,
  revokedLine,
  statusList,
  tokenKey,
  trustDocument,
} from '../../fixtures/handmade-bundle.ts';
import { handmadeJws, handmadeKey } from '../../fixtures/handmade-keys.ts';

/** Signs what a service would otherwise never see: Keysmith itself writing a wrong file. */
const withFile = (name: string, bytes: Buffer | string) =>
  openBundle(inFolder(handmadeBundle({ files: files => files.set(name, Buffer.from(bytes)) })), {
    trust: trustDocument(),
    at: NOW,
  });

describe('a signed file is refused', () => {
  const line = (change: object) =>
    Buffer.from(`${JSON.stringify(opaqueLine(1, change as Record<string, unknown>))}\n`);
  const good = line({});

  it.each<[string, Buffer]>([
    ['a line without an end', good.subarray(0, -1)],
    ['an empty line', Buffer.concat([good, Buffer.from('\n')])],
    ['white space', Buffer.from(good.toString().replace(':', ': '))],
    ['a member twice', Buffer.from(good.toString().replace('{', '{"status":"active",'))],
    ['a byte that is no UTF-8', Buffer.from(good.toString('latin1').replace('Key 1', 'Key \xff'), 'latin1')],
    ['the same credential twice', Buffer.concat([good, good])],
    ['a JWT with a digest', line({ format: 'jwt' })],
    ['an opaque key without a digest', line({ sha256: null })],
    ['an unknown status', line({ status: 'revoked' })],
    ['a key ID that is none', line({ id: 'ak_1' })],
    ['a time that is no number', line({ not_after: '2030-01-01' })],
    ['an address that is none', line({ allowed_ips: ['everywhere'] })],
    ['accounts that are none', line({ roles: [{ role: 'viewer', accounts: 'acc-1' }] })],
    ['permissions that are text', line({ permissions: 'invoices:read' })],
    ['a member more', line({ note: 'x' })],
  ])('keys.ndjson with %s', async (_, bytes) => {
    await refusedBundle('BUNDLE_FILE_INVALID', 'keys.ndjson', withFile('keys.ndjson', bytes));
  });

  it('revoked.ndjson with an admin’s own words for a reason', async () => {
    const bytes = `${JSON.stringify(revokedLine(1, { reason: 'left the company' }))}\n`;
    await refusedBundle('BUNDLE_FILE_INVALID', 'revoked.ndjson', withFile('revoked.ndjson', bytes));
  });

  it('jwks.json with a private key, a key twice, or white space', async () => {
    const jwks = (keys: readonly unknown[]) => JSON.stringify({ keys });
    const both = { ...tokenKey.jwk, d: 'AAAA' };
    for (const text of [
      jwks([both]),
      jwks([tokenKey.jwk, tokenKey.jwk]),
      `${jwks([tokenKey.jwk])}\n`,
      '[]',
    ]) {
      await refusedBundle('BUNDLE_FILE_INVALID', 'jwks.json', withFile('jwks.json', text));
    }
  });

  it.each<[string, Buffer]>([
    ['signed by another key', statusList({}, handmadeKey())],
    [
      'signed by another key in the name of a token key',
      statusList({}, { ...handmadeKey(), kid: tokenKey.kid }),
    ],
    [
      'for another list',
      statusList({}, tokenKey, claims => Object.assign(claims, { sub: `${ISS}/billing/status-2` })),
    ],
    [
      'that ends before the bundle',
      statusList({}, tokenKey, claims => Object.assign(claims, { exp: EXPIRES - 1 })),
    ],
    [
      'of one bit',
      statusList({}, tokenKey, claims => Object.assign(claims, { status_list: { bits: 1, lst: 'eNo' } })),
    ],
    [
      'that is no zlib',
      statusList({}, tokenKey, claims => Object.assign(claims, { status_list: { bits: 2, lst: 'AAAA' } })),
    ],
    [
      'of another type',
      Buffer.from(handmadeJws({ alg: tokenKey.alg, kid: tokenKey.kid, typ: 'JWT' }, {}, tokenKey)),
    ],
  ])('a status list %s', async (_, bytes) => {
    await refusedBundle('BUNDLE_FILE_INVALID', 'status-1.jwt', withFile('status-1.jwt', bytes));
  });
});
