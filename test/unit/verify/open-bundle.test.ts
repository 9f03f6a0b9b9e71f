import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBundle } from '../../../main/verify/index.ts';
import { refusedBundle } from '../../fixtures/expect-refused.ts';
import {
  EXPIRES,
  type HandmadeOptions,
  handmadeBundle,
  ISS,
  ISSUED,
  inFolder,
  inZip,
  jwt,
  jwtLine,
  NOW,
  opaqueLine,
  opaqueToken,
  revokedLine,
  tokenKey,
  trustDocument,
  trustKey,
} from '../../fixtures/handmade-bundle.ts';
import { handmadeKey } from '../../fixtures/handmade-keys.ts';

const trust = trustDocument();
const options = { trust, at: NOW };
const CONTENTS = { keys: [opaqueLine(1), jwtLine(2)], revoked: [revokedLine(3)] };
const open = (change: HandmadeOptions = {}) =>
  openBundle(inFolder(handmadeBundle({ ...CONTENTS, ...change })), options);

describe('a bundle', () => {
  it.each([
    ['a folder', inFolder],
    ['a zip', inZip],
  ])('is opened from %s and says what it is', async (_, write) => {
    const handmade = handmadeBundle(CONTENTS);
    const bundle = await openBundle(write(handmade), { ...options, service: 'billing' });
    expect(bundle).toMatchObject({
      iss: ISS,
      service: 'billing',
      audience: 'urn:keysmith:billing',
      sequence: 1,
      issuedAt: ISSUED,
      expiresAt: EXPIRES,
      accepted: { format: 'keysmith-state/1', sequence: 1, manifest: handmade.hash, trust: [trustKey.jwk] },
    });
    expect(bundle.verify(opaqueToken(1), { at: NOW }).valid).toBe(true);
    expect(bundle.verify(jwt(2), { at: NOW }).valid).toBe(true);
    expect(JSON.parse(JSON.stringify(bundle.accepted))).toEqual(bundle.accepted);
  });

  it('is opened with the trust document as text, as an object, or formatted anew', async () => {
    const path = inFolder(handmadeBundle());
    for (const form of [trust, JSON.parse(trust), JSON.stringify(JSON.parse(trust), null, 2)]) {
      await expect(openBundle(path, { ...options, trust: form })).resolves.toMatchObject({ sequence: 1 });
    }
  });

  it('is opened with trust keys of every algorithm', async () => {
    for (const alg of ['ES256', 'EdDSA', 'RS256'] as const) {
      const signer = handmadeKey(alg);
      const path = inFolder(handmadeBundle({ signer, carries: [signer] }));
      await expect(openBundle(path, { ...options, trust: trustDocument(signer) })).resolves.toMatchObject({
        service: 'billing',
      });
    }
  });

  it('names the file in which a single bit was changed', async () => {
    const { files } = handmadeBundle(CONTENTS);
    for (const [name, original] of files) {
      const places = fc.sample(fc.nat(original.length * 8 - 1), { numRuns: 12, seed: 7 });
      for (const place of places) {
        const bytes = Buffer.from(original);
        bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
        const error = await openBundle(inFolder({ files: new Map(files).set(name, bytes) }), options).then(
          () => undefined,
          (refusal: { code: string; file: string }) => refusal,
        );
        expect([error?.file, place], error?.code).toEqual([name, place]);
      }
    }
  });

  it('tells a changed manifest from a changed signature file', async () => {
    const { files } = handmadeBundle();
    const jws = String(files.get('manifest.jws'));
    const other = handmadeBundle({ sequence: 2 }).files;
    const withManifest = new Map(files).set('manifest.json', other.get('manifest.json') ?? Buffer.alloc(0));
    await refusedBundle(
      'BUNDLE_NOT_SIGNED',
      'manifest.json',
      openBundle(inFolder({ files: withManifest }), options),
    );
    const payload = Buffer.from(other.get('manifest.json') ?? '').toString('base64url');
    const [header, , signature] = jws.split('.');
    const withPayload = new Map(files).set('manifest.jws', Buffer.from(`${header}.${payload}.${signature}`));
    await refusedBundle(
      'BUNDLE_NOT_SIGNED',
      'manifest.jws',
      openBundle(inFolder({ files: withPayload }), options),
    );
  });
});

describe('a bundle is refused', () => {
  it('when it is not there, or is no zip', async () => {
    await refusedBundle('BUNDLE_UNREADABLE', null, openBundle('/nowhere/bundle.zip', options));
    await refusedBundle('BUNDLE_UNREADABLE', null, openBundle(inZip(Buffer.from('PK nothing')), options));
  });

  it('before it is issued and from its end on, to the second', async () => {
    const path = inFolder(handmadeBundle());
    await refusedBundle('BUNDLE_NOT_YET_VALID', 'manifest.json', openBundle(path, { trust, at: ISSUED - 1 }));
    await expect(openBundle(path, { trust, at: ISSUED })).resolves.toBeTruthy();
    await expect(openBundle(path, { trust, at: EXPIRES - 1 })).resolves.toBeTruthy();
    await refusedBundle('BUNDLE_EXPIRED', 'manifest.json', openBundle(path, { trust, at: EXPIRES }));
  });

  it('when it is of another service or another installation', async () => {
    const path = inFolder(handmadeBundle());
    await refusedBundle(
      'BUNDLE_OTHER_SERVICE',
      'manifest.json',
      openBundle(path, { ...options, service: 'crm' }),
    );
    const iss = ISS.replace('0b5c', 'ffff');
    const other = trust.replace(ISS, iss);
    await refusedBundle('BUNDLE_OTHER_ISSUER', 'manifest.json', openBundle(path, { trust: other, at: NOW }));
    const stranger = trustDocument(handmadeKey()).replace(ISS, iss);
    await refusedBundle(
      'BUNDLE_OTHER_ISSUER',
      'manifest.json',
      openBundle(path, { trust: stranger, at: NOW }),
    );
  });

  it('when a key that is not trusted signed it, and says which are', async () => {
    const error = await refusedBundle('BUNDLE_KEY_UNKNOWN', 'manifest.jws', open({ signer: handmadeKey() }));
    expect(error.message).toContain(trustKey.kid);
    expect(error.message).not.toContain('skipped');
  });

  it('when a key for tokens signed it, trusted or not', async () => {
    await refusedBundle('BUNDLE_SIGNED_BY_TOKEN_KEY', 'manifest.jws', open({ signer: tokenKey }));
    const path = inFolder(handmadeBundle({ signer: tokenKey }));
    await refusedBundle(
      'BUNDLE_SIGNED_BY_TOKEN_KEY',
      'manifest.jws',
      openBundle(path, { trust: trustDocument(tokenKey), at: NOW }),
    );
    await refusedBundle('BUNDLE_FILE_INVALID', 'jwks.json', open({ carries: [trustKey, tokenKey] }));
  });

  it('when the header of its signature has another type, algorithm or member', async () => {
    const header = (change: object) => open({ header: members => Object.assign(members, change) });
    await refusedBundle('BUNDLE_MALFORMED', 'manifest.jws', header({ typ: 'JWT' }));
    await refusedBundle('BUNDLE_MALFORMED', 'manifest.jws', header({ crit: ['exp'] }));
    await refusedBundle('BUNDLE_NOT_SIGNED', 'manifest.jws', header({ alg: 'none' }));
    await refusedBundle('BUNDLE_NOT_SIGNED', 'manifest.jws', header({ alg: 'HS256' }));
  });

  it.each<[string, Record<string, unknown>]>([
    ['another format', { format: 'keysmith-bundle/2' }],
    ['an issuer that is none', { iss: 'https://example.org' }],
    ['a sequence of 0', { sequence: 0 }],
    ['a sequence that is text', { sequence: '1' }],
    ['an end before its start', { expires_at: ISSUED }],
    ['a previous hash that is none', { previous: 'x' }],
    ['no trust keys', { trust: [] }],
    ['the same trust key twice', { trust: [trustKey.jwk, trustKey.jwk] }],
    ['no audit head', { audit: null }],
    ['no files', { files: {} }],
    ['itself among its files', { files: { 'manifest.json': { sha256: 'a'.repeat(64), size: 1 } } }],
    ['a file of a negative size', { files: { 'jwks.json': { sha256: 'a'.repeat(64), size: -1 } } }],
    ['a member more', { extra: 1 }],
  ])('when its manifest has %s', async (_, change) => {
    const work = open({ manifest: manifest => Object.assign(manifest, change) });
    await refusedBundle('BUNDLE_MALFORMED', 'manifest.json', work);
  });

  it.each(['../jwks.json', '/etc/passwd', 'a/b/c', 'a\\b', '..', 'haproxy/..', 'a b', 'é', 'C:x', ''])(
    'when its manifest lists a file named %j',
    async name => {
      const entry = { sha256: 'a'.repeat(64), size: 1 };
      const work = open({ manifest: manifest => Object.assign(manifest.files as object, { [name]: entry }) });
      await refusedBundle('BUNDLE_NAME_INVALID', 'manifest.json', work);
    },
  );

  it('when a file is missing, not listed, or of another size', async () => {
    const { files } = handmadeBundle(CONTENTS);
    const change = (work: (files: Map<string, Buffer>) => void) => {
      const changed = new Map(files);
      work(changed);
      return openBundle(inFolder({ files: changed }), options);
    };
    for (const name of files.keys()) {
      await refusedBundle(
        'BUNDLE_FILE_MISSING',
        name,
        change(all => all.delete(name)),
      );
    }
    const extra = Buffer.from('x');
    await refusedBundle(
      'BUNDLE_FILE_UNLISTED',
      '.DS_Store',
      change(all => all.set('.DS_Store', extra)),
    );
    await refusedBundle(
      'BUNDLE_FILE_UNLISTED',
      'status-2.jwt',
      change(all => all.set('status-2.jwt', extra)),
    );
    const longer = Buffer.concat([files.get('keys.ndjson') ?? extra, extra]);
    await refusedBundle(
      'BUNDLE_FILE_CHANGED',
      'keys.ndjson',
      change(all => all.set('keys.ndjson', longer)),
    );
  });

  it('when its manifest is larger than any export', async () => {
    const { files } = handmadeBundle();
    for (const [name, size] of [
      ['manifest.json', 1_000_001],
      ['manifest.jws', 2_000_001],
    ] as const) {
      const huge = new Map(files).set(name, Buffer.alloc(size, 'a'));
      await refusedBundle('BUNDLE_TOO_LARGE', name, openBundle(inFolder({ files: huge }), options));
    }
  });

  it.each<[string, unknown]>([
    ['is not JSON', '{'],
    ['has a member twice', trust.replace('{', '{"format":"keysmith-trust/1",')],
    ['has a private key', JSON.stringify({ ...JSON.parse(trust), keys: [{ ...trustKey.jwk, d: 'x' }] })],
    ['has no keys', { ...JSON.parse(trust), keys: [] }],
    ['has another format', { ...JSON.parse(trust), format: 'keysmith-bundle/1' }],
    ['is missing', undefined],
  ])('when the trust document %s', async (_, document) => {
    const path = inFolder(handmadeBundle());
    await refusedBundle(
      'BUNDLE_MALFORMED',
      'trust.json',
      openBundle(path, { trust: document as string, at: NOW }),
    );
  });
});
