import { compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { gitleaksConfig } from '../../../main/exchange/gitleaks-config.ts';
import { haproxyConfig } from '../../../main/exchange/haproxy-config.ts';
import { type CreateKeyRequest, createKey, type IssuedKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { ensureSigningKey } from '../../../main/keys/ensure-signing-key.ts';
import type { ServiceSlug } from '../../../main/keys/ids.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { toJwk } from '../../../main/keys/signing-key.ts';
import { exportedBundle, headerText, sha256, sortedText, textOf } from '../../fixtures/bundles.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const DAY = 86_400;
const LATER = NOW + 2 * DAY;
const service = 'support-api' as ServiceSlug;

/** A service with a key of every state, seen two days later. */
async function withKeys() {
  const installation = await testInstallation();
  const { ports, actor, store, clock } = installation;
  createService(ports, actor, { service, template: 'public-private-keys' });
  const issue = (name: string, more: Partial<CreateKeyRequest> = {}) =>
    createKey(ports, actor, { service, name, permissions: ['sessions:create'], expires: '30d', ...more });
  const issued = {
    plain: issue('plain', { permissions: ['sessions:create', 'devices:read'] }),
    web: issue('日本 "web"', { kind: 'public' }),
    bare: issue('bare', { permissions: [] }),
    off: issue('off'),
    revoked: issue('revoked'),
    removed: issue('removed'),
    expired: issue('expired', { expires: '1d' }),
    running: issue('running', { expires: '3d' }),
    ended: issue('ended'),
    bound: issue('bound', { allowedIps: '10.0.0.0/8, 2001:db8::1' }),
    boundOff: issue('bound and off', { allowedIps: '10.0.0.1' }),
  };
  const { off, revoked, removed, running, ended, boundOff } = issued;
  for (const { key } of [off, boundOff]) disableKey(ports, actor, { key: key.id });
  clock.now = NOW + DAY;
  revokeKey(ports, actor, { key: revoked.key.id, reason: 'leaked by a contractor' });
  removeKey(ports, actor, { key: removed.key.id, reason: 'that contractor again' });
  const renewed = {
    running: rotateKey(ports, actor, { key: running.key.id, grace: '7d' }),
    ended: rotateKey(ports, actor, { key: ended.key.id, grace: '1h' }),
  };
  clock.now = LATER;
  const credential = ({ key, token }: IssuedKey) =>
    store.credentials(key.ref).find(({ digest }) => digest?.toString('hex') === sha256(token))?.id;
  const line = (of: IssuedKey, change: Record<string, unknown> = {}) =>
    JSON.stringify({
      credential: credential(of),
      id: of.key.id,
      format: 'opaque',
      sha256: sha256(of.token),
      kind: 'private',
      name: of.key.name,
      status: 'active',
      not_after: NOW + 30 * DAY,
      permissions: ['sessions:create'],
      roles: [],
      allowed_ips: [],
      ...change,
    });
  const refused = (of: IssuedKey, reason: string, at: number) =>
    JSON.stringify({ credential: credential(of), id: of.key.id, sha256: sha256(of.token), reason, at });
  return { ...installation, issued, renewed, line, refused };
}

describe('the bundle of a service with opaque tokens', () => {
  it('has a line for every token that is not refused, each once, in the order of their bytes', async () => {
    const { issued, renewed, line, ...installation } = await withKeys();
    const { files, counts } = await exportedBundle(installation, service);
    const lines = [
      line(issued.plain, { permissions: ['devices:read', 'sessions:create'] }),
      line(issued.web, { kind: 'public' }),
      line(issued.bare, { permissions: [] }),
      line(issued.off, { status: 'disabled' }),
      line(issued.expired, { not_after: NOW + DAY }),
      // Its key ends before its grace period does.
      line(issued.running, { not_after: NOW + 3 * DAY }),
      line(renewed.running, { not_after: NOW + 3 * DAY }),
      line(renewed.ended),
      line(issued.bound, { allowed_ips: ['10.0.0.0/8', '2001:db8::1'] }),
      line(issued.boundOff, { status: 'disabled', allowed_ips: ['10.0.0.1'] }),
    ];
    expect(textOf(files, 'keys.ndjson')).toBe(sortedText(lines));
    expect(counts).toEqual({ valid: lines.length, refused: 3, tampered: 0, notInMap: 1 });
  });

  it('says of every refused token why and since when, and never in the words of an admin', async () => {
    const { issued, refused, ...installation } = await withKeys();
    const { files } = await exportedBundle(installation, service);
    expect(textOf(files, 'revoked.ndjson')).toBe(
      sortedText([
        refused(issued.revoked, 'revoked', NOW + DAY),
        refused(issued.removed, 'removed', NOW + DAY),
        refused(issued.ended, 'superseded', NOW + DAY + 3600),
      ]),
    );
    for (const [name, bytes] of files) expect(bytes.includes('contractor'), name).toBe(false);
  });

  it('gives gateways the tokens that are active and may come from anywhere, and counts the others', async () => {
    const { issued, renewed, ...installation } = await withKeys();
    const { files, manifest } = await exportedBundle(installation, service);
    const mapped = (of: IssuedKey, end: number) => `${sha256(of.token)} ${of.key.id}:${end}`;
    expect(textOf(files, 'haproxy/keys.map')).toBe(
      sortedText([
        mapped(issued.plain, NOW + 30 * DAY),
        mapped(issued.web, NOW + 30 * DAY),
        mapped(issued.bare, NOW + 30 * DAY),
        mapped(issued.expired, NOW + DAY),
        mapped(issued.running, NOW + 3 * DAY),
        mapped(renewed.running, NOW + 3 * DAY),
        mapped(renewed.ended, NOW + 30 * DAY),
      ]),
    );
    const { plain, web, expired, running, ended } = issued;
    const granted = [plain, web, expired, running, ended].map(({ key }) => `${key.id}:sessions:create 1`);
    expect(textOf(files, 'haproxy/permissions.map')).toBe(
      sortedText([...granted, `${plain.key.id}:devices:read 1`]),
    );
    expect(textOf(files, 'haproxy/haproxy.cfg')).toBe(
      haproxyConfig({
        service,
        title: installation.store.service(service)?.title ?? '',
        sequence: 1,
        expiresAt: manifest.expires_at,
        permissions: ['sessions:create', 'sessions:history', 'deferred-requests:create'],
        leftOut: 1,
      }),
    );
    expect(textOf(files, 'gitleaks.toml')).toBe(gitleaksConfig({ service, prefix: 'sup' }));
  });

  it('has a manifest that names every other file with its hash and size, signed as it stands', async () => {
    const installation = await withKeys();
    const { ports, actor, store } = installation;
    const head = store.head();
    const { files, bundle } = await exportedBundle(installation, service, { validFor: '12h' });
    const text = textOf(files, 'manifest.json');
    const trust = ensureSigningKey(ports, actor, 'trust');
    const jwk = toJwk(trust);
    const named = [...files.keys()].filter(name => !name.startsWith('manifest.'));
    expect(named).toEqual([
      'gitleaks.toml',
      'haproxy/haproxy.cfg',
      'haproxy/keys.map',
      'haproxy/permissions.map',
      'jwks.json',
      'keys.ndjson',
      'revoked.ndjson',
    ]);
    expect(text).toBe(
      JSON.stringify({
        format: 'keysmith-bundle/1',
        iss: `urn:uuid:${store.installation().id}`,
        service,
        aud: `urn:keysmith:${service}`,
        sequence: 1,
        issued_at: LATER,
        expires_at: LATER + DAY / 2,
        previous: null,
        trust: [jwk],
        audit: { seq: head.seq, head: head.mac.toString('hex') },
        files: Object.fromEntries(
          named.map(name => {
            const bytes = files.get(name) ?? Buffer.alloc(0);
            return [name, { sha256: sha256(bytes), size: bytes.length }];
          }),
        ),
      }),
    );
    const jws = textOf(files, 'manifest.jws');
    expect(headerText(jws)).toBe(`{"alg":"ES256","kid":"${trust.kid}","typ":"keysmith-bundle+jws"}`);
    const { payload } = await compactVerify(jws, await importJWK(jwk));
    expect(Buffer.from(payload).toString()).toBe(text);
    expect(bundle).toMatchObject({ sequence: 1, issuedAt: LATER, headSeq: head.seq, previousSha256: null });
    expect(bundle.manifestSha256.toString('hex')).toBe(sha256(text));
    expect(textOf(files, 'jwks.json')).toBe('{"keys":[]}');
  });

  it('is numbered after the one before, and names its hash', async () => {
    const installation = await withKeys();
    const first = await exportedBundle(installation, service);
    const second = await exportedBundle(installation, service);
    const { previous, sequence } = second.manifest;
    expect([sequence, previous]).toEqual([2, sha256(textOf(first.files, 'manifest.json'))]);
    expect(textOf(second.files, 'haproxy/haproxy.cfg')).toContain('# Bundle 2, ');
  });

  it('of a service without keys has its files, and they are empty', async () => {
    const installation = await testInstallation();
    const { files } = await exportedBundle(installation, 'team-api');
    for (const name of ['keys.ndjson', 'revoked.ndjson', 'haproxy/keys.map', 'haproxy/permissions.map'])
      expect(textOf(files, name), name).toBe('');
  });
});
