import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn } from '../../../main/exchange/bundle-place.ts';
import { trustFile } from '../../../main/exchange/trust-file.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { signCompact } from '../../../main/keys/jws.ts';
import { requireActiveKey } from '../../../main/keys/require-signing-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { type Accepted, type OpenOptions, openBundle } from '../../../main/verify/index.ts';
import { exportFor } from '../../fixtures/exported.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const DAY = 86_400;
const VIEWER = [{ role: 'global-viewer', accounts: null }] as const;

async function installed() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  requireTrust(installation);
  const trust = trustFile(store).text;
  const open = (path: string, more: Partial<OpenOptions> = {}) =>
    openBundle(path, { trust, at: installation.clock.now, ...more });
  return { ...installation, installation, trust, open };
}

function requireTrust({ ports, actor, store }: TestInstallation): void {
  store.change(actor, ports.clock, (tx, now) => requireActiveKey(tx, ports, actor, 'trust', now));
}

const reasonOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { code: string; file: string | null }) => `${error.code} ${error.file}`,
  );

describe('an exported bundle, as the verifier reads it', () => {
  test.each(['bundle', 'bundle.zip'])('says what each opaque token is worth (%s)', async name => {
    const { installation, ports, actor, clock, open } = await installed();
    const create = (key: string, more: object = {}) =>
      createKey(ports, actor, { service: 'team-api', name: key, permissions: ['computers:read'], ...more });
    const [good, off, gone, brief, rotated] = ['good', 'off', 'gone', 'brief', 'rotated'].map(key =>
      create(key, key === 'brief' ? { expires: '1d' } : {}),
    );
    disableKey(ports, actor, { key: off?.key.id ?? '' });
    revokeKey(ports, actor, { key: gone?.key.id ?? '' });
    const { token } = rotateKey(ports, actor, { key: rotated?.key.id ?? '', grace: '2d' });
    const { out } = await exportFor(installation, {
      service: 'team-api',
      out: join(temporaryFolder(), name),
    });
    const late = create('late');
    const bundle = await open(out);
    const verdict = (secret: string | undefined, at = clock.now) =>
      bundle.verify(secret ?? '', { at, permission: 'computers:read' }).reason;
    expect([good, off, gone, brief, rotated, late].map(each => verdict(each?.token))).toEqual([
      null,
      'disabled',
      'revoked',
      null,
      null,
      'unknown',
    ]);
    expect(verdict(token)).toBeNull();
    expect([brief?.token, rotated?.token, token].map(each => verdict(each, NOW + 3 * DAY))).toEqual([
      'expired',
      'expired',
      null,
    ]);
    expect(bundle.verify(good?.token ?? '', { at: NOW, permission: 'groups:read' }).reason).toBe(
      'not_granted',
    );
  });

  test('says what each signed token is worth, and lets a newer one in where that is asked', async () => {
    const { installation, ports, actor, clock, open } = await installed();
    const create = (name: string) =>
      createKey(ports, actor, { service: 'sc', name, roles: VIEWER, expires: '30d' });
    const [good, off, gone] = [create('good'), create('off'), create('gone')];
    disableKey(ports, actor, { key: off.key.id });
    revokeKey(ports, actor, { key: gone.key.id });
    const { out } = await exportFor(installation, { service: 'sc' });
    const late = create('late');
    const bundle = await open(out);
    const verdict = (token: string, more: object = {}) =>
      bundle.verify(token, { at: clock.now, role: 'global-viewer', ...more }).reason;
    expect([good, off, gone, late].map(({ token }) => verdict(token))).toEqual([
      null,
      'disabled',
      'revoked',
      'unknown',
    ]);
    expect(verdict(late.token, { acceptNewer: true })).toBeNull();
    expect(verdict(off.token, { acceptNewer: true })).toBe('disabled');
    expect(verdict(good.token, { role: 'global-admin' })).toBe('not_granted');
  });

  test('is refused with one bit changed in any of its files, naming the file', async () => {
    const { installation, ports, actor, open } = await installed();
    createKey(ports, actor, { service: 'sc', name: 'a', roles: VIEWER, expires: '30d' });
    createKey(ports, actor, { service: 'team-api', name: 'b', permissions: ['computers:read'] });
    for (const service of ['team-api', 'sc']) {
      const { out } = await exportFor(installation, { service });
      for (const name of filesIn(out)) {
        const copy = join(temporaryFolder(), 'copy');
        cpSync(out, copy, { recursive: true });
        const bytes = readFileSync(join(copy, name));
        if (bytes.length === 0) continue;
        const middle = Math.floor(bytes.length / 2);
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        writeFileSync(join(copy, name), bytes);
        expect(await reasonOf(open(copy)), name).toMatch(
          new RegExp(`^BUNDLE_(FILE_CHANGED|NOT_SIGNED|MALFORMED) ${name.replaceAll('.', '\\.')}$`),
        );
      }
    }
  });

  test('is refused when it is old, of another line, past its end, or signed by another key', async () => {
    const { installation, ports, actor, store, clock, open } = await installed();
    const next = () => exportFor(installation, { service: 'team-api' });
    const [first, second] = [await next(), await next()];
    const accepted = (await open(second.out)).accepted;
    expect(await reasonOf(open(first.out, { lastAccepted: accepted }))).toBe(
      'BUNDLE_ROLLED_BACK manifest.json',
    );
    const other: Accepted = { ...accepted, sequence: 1, manifest: 'f'.repeat(64) };
    expect(await reasonOf(open(second.out, { lastAccepted: other }))).toBe(
      'BUNDLE_CHAIN_BROKEN manifest.json',
    );
    expect(await reasonOf(open(first.out, { lastAccepted: other }))).toBe('BUNDLE_FORKED manifest.json');
    expect(await reasonOf(open(first.out, { at: first.bundle.expiresAt }))).toBe(
      'BUNDLE_EXPIRED manifest.json',
    );
    expect(await reasonOf(open(first.out, { at: clock.now - 1 }))).toBe('BUNDLE_NOT_YET_VALID manifest.json');

    createKey(ports, actor, { service: 'sc', name: 'a', roles: VIEWER, expires: '30d' });
    const tokenKey = store.activeSigningKey('token');
    const stranger = (await installed()).store.activeSigningKey('trust');
    if (!tokenKey || !stranger) throw new Error('a signing key is missing');
    const { out } = await next();
    const manifest = readFileSync(join(out, 'manifest.json'));
    const signWith = (key: typeof tokenKey) =>
      writeFileSync(
        join(out, 'manifest.jws'),
        signCompact('keysmith-bundle+jws', manifest, key, ports.signing),
      );
    signWith(tokenKey);
    expect(await reasonOf(open(out))).toBe('BUNDLE_SIGNED_BY_TOKEN_KEY manifest.jws');
    const signing = (await installed()).ports.signing;
    const unknown = await signing.generate('ES256');
    writeFileSync(
      join(out, 'manifest.jws'),
      signCompact('keysmith-bundle+jws', manifest, { ...stranger, ...unknown }, signing),
    );
    expect(await reasonOf(open(out))).toBe('BUNDLE_KEY_UNKNOWN manifest.jws');
    expect(readdirSync(out)).toContain('manifest.jws');
  });
});

describe('a rotated trust key', () => {
  test('needs no new hand-over: the next bundle is signed by the old key and carries the new one', async () => {
    const { installation, ports, actor, open } = await installed();
    const next = () => exportFor(installation, { service: 'team-api' });
    const first = await open((await next()).out);
    await rotateSigningKey(ports, actor, { purpose: 'trust' });
    const [second, third] = [await next(), await next()];
    const handedOn = await open(second.out, { lastAccepted: first.accepted });
    const after = await open(third.out, { lastAccepted: handedOn.accepted });
    expect([first, handedOn, after].map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const skipped = open(third.out, { lastAccepted: first.accepted });
    await expect(skipped).rejects.toMatchObject({ code: 'BUNDLE_KEY_UNKNOWN' });
    await expect(skipped).rejects.toThrow(/in between|in their order/);
  });
});
