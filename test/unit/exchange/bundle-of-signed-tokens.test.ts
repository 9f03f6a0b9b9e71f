import { inflateSync } from 'node:zlib';
import { compactVerify, createLocalJWKSet, decodeJwt, importJWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { type CreateKeyRequest, createKey, type IssuedKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { reissueKey } from '../../../main/keys/reissue-key.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { readStatus } from '../../../main/verify/status-list-bits.ts';
import { exportedBundle, headerText, sortedText, textOf } from '../../fixtures/bundles.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const DAY = 86_400;
const LATER = NOW + 2 * DAY;
const [VALID, INVALID, SUSPENDED] = [0, 1, 2];

/** Tokens of every state, signed with four keys of three algorithms, the first of which is compromised. */
async function withTokens() {
  const installation = await testInstallation();
  const { ports, actor, store, clock } = installation;
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  const issue = (name: string, more: Partial<CreateKeyRequest> = {}) =>
    createKey(ports, actor, {
      service: 'sc',
      name,
      roles: [{ role: 'global-viewer', accounts: null }],
      expires: '30d',
      ...more,
    });
  const rotate = (alg: 'EdDSA' | 'RS256' | 'ES256') =>
    rotateSigningKey(ports, actor, { purpose: 'token', alg });
  const exposed = issue('exposed');
  const leaked = store.activeSigningKey('token');
  const eddsa = await rotate('EdDSA');
  const scoped = [{ role: 'cloud-account-viewer', accounts: ['acc-2', 'acc-1'] }];
  const kept = issue('kept', { roles: scoped, addAccounts: true, allowedIps: '10.0.0.0/8' });
  const off = issue('off');
  const rsa = await rotate('RS256');
  const issued = { exposed, kept, off, revoked: issue('revoked'), removed: issue('removed') };
  const old = { running: issue('running'), ended: issue('ended'), reissued: issue('reissued') };
  const active = await rotate('ES256');
  clock.now = NOW + DAY;
  disableKey(ports, actor, { key: off.key.id });
  revokeKey(ports, actor, { key: issued.revoked.key.id });
  removeKey(ports, actor, { key: issued.removed.key.id });
  await compromiseSigningKey(ports, actor, { kid: leaked?.kid ?? '' });
  const renewed = {
    running: rotateKey(ports, actor, { key: old.running.key.id, grace: '7d' }),
    ended: rotateKey(ports, actor, { key: old.ended.key.id, grace: '1h' }),
    reissued: reissueKey(ports, actor, { key: old.reissued.key.id }),
  };
  clock.now = LATER;
  const place = ({ token }: IssuedKey) => Number(decodeJwt<Claims>(token).status.status_list.idx);
  return { ...installation, leaked, eddsa, rsa, active, issued, old, renewed, place };
}

interface Claims {
  readonly jti: string;
  readonly status: { readonly status_list: { readonly idx: number; readonly uri: string } };
}

describe('the bundle of a service with signed tokens', () => {
  it('has no files for gateways, and a list of the token keys without the compromised one', async () => {
    const { leaked, eddsa, rsa, active, issued, renewed, ...installation } = await withTokens();
    const { files, manifest } = await exportedBundle(installation, 'sc');
    expect(Object.keys(manifest.files)).toEqual([
      'jwks.json',
      'keys.ndjson',
      'revoked.ndjson',
      'status-1.jwt',
    ]);
    expect(textOf(files, 'jwks.json')).toBe(
      JSON.stringify({
        keys: [active, rsa, eddsa].map(({ publicJwk, kid, alg }) => ({ ...publicJwk, kid, alg, use: 'sig' })),
      }),
    );
    const jwks = JSON.parse(textOf(files, 'jwks.json'));
    for (const jwk of jwks.keys) expect(await importJWK(jwk)).toMatchObject({ type: 'public' });
    const keys = createLocalJWKSet(jwks);
    const currentDate = new Date(LATER * 1000);
    for (const { token } of [issued.kept, issued.revoked, renewed.running])
      expect((await jwtVerify(token, keys, { currentDate, audience: 'urn:keysmith:sc' })).payload.iss).toBe(
        manifest.iss,
      );
    await expect(jwtVerify(issued.exposed.token, keys, { currentDate })).rejects.toThrow(
      'no applicable key found',
    );
  });

  it('has a line for every token that counts, and one for every token that is refused', async () => {
    const { leaked, issued, old, renewed, ...installation } = await withTokens();
    const { files, counts } = await exportedBundle(installation, 'sc');
    const line = ({ key, token }: IssuedKey, change: Record<string, unknown> = {}) =>
      JSON.stringify({
        credential: decodeJwt(token).jti,
        id: key.id,
        format: 'jwt',
        sha256: null,
        kind: 'private',
        name: key.name,
        status: 'active',
        not_after: NOW + 30 * DAY,
        permissions: [],
        roles: [{ role: 'global-viewer', accounts: null }],
        allowed_ips: [],
        ...change,
      });
    expect(textOf(files, 'keys.ndjson')).toBe(
      sortedText([
        line(issued.kept, {
          roles: [{ role: 'cloud-account-viewer', accounts: ['acc-1', 'acc-2'] }],
          allowed_ips: ['10.0.0.0/8'],
        }),
        line(issued.off, { status: 'disabled' }),
        line(old.running, { not_after: NOW + DAY + 7 * DAY }),
        line(renewed.running),
        line(renewed.ended),
        line(renewed.reissued),
      ]),
    );
    const refused = ({ key, token }: IssuedKey, reason: string, at: number) =>
      JSON.stringify({ credential: decodeJwt(token).jti, id: key.id, sha256: null, reason, at });
    expect(textOf(files, 'revoked.ndjson')).toBe(
      sortedText([
        refused(issued.exposed, 'compromised', NOW + DAY),
        refused(issued.revoked, 'revoked', NOW + DAY),
        refused(issued.removed, 'removed', NOW + DAY),
        refused(old.ended, 'superseded', NOW + DAY + 3600),
        refused(old.reissued, 'superseded', NOW + DAY),
      ]),
    );
    expect(counts).toEqual({ valid: 6, refused: 5, tampered: 0, notInMap: 0 });
  });

  it('has the status of every token at its place, and INVALID at every other place', async () => {
    const { issued, old, renewed, place, ...installation } = await withTokens();
    const { files } = await exportedBundle(installation, 'sc');
    const { status_list } = decodeJwt<{ status_list: { bits: number; lst: string } }>(
      textOf(files, 'status-1.jwt'),
    );
    const bytes = inflateSync(Buffer.from(status_list.lst, 'base64url'));
    const at = (of: IssuedKey) => readStatus(bytes, 2, place(of));
    for (const of of [issued.kept, old.running, renewed.running, renewed.ended, renewed.reissued])
      expect(at(of), of.key.name).toBe(VALID);
    for (const of of [issued.exposed, issued.revoked, issued.removed, old.ended, old.reissued])
      expect(at(of), of.key.name).toBe(INVALID);
    expect(at(issued.off)).toBe(SUSPENDED);
    expect(bytes.length).toBe(2 ** 18);
    const counted = [0, 0, 0, 0];
    for (let index = 0; index < 2 ** 20; index++)
      counted[readStatus(bytes, 2, index) ?? 3] = (counted[readStatus(bytes, 2, index) ?? 3] ?? 0) + 1;
    expect(counted).toEqual([5, 2 ** 20 - 6, 1, 0]);
  });

  it('has its lists signed by the token key of today, for as long as the bundle holds', async () => {
    const { active, issued, ...installation } = await withTokens();
    const { files } = await exportedBundle(installation, 'sc', { validFor: '10d' });
    const list = textOf(files, 'status-1.jwt');
    expect(headerText(list)).toBe(`{"alg":"ES256","kid":"${active.kid}","typ":"statuslist+jwt"}`);
    const { payload } = await compactVerify(list, createLocalJWKSet(JSON.parse(textOf(files, 'jwks.json'))));
    const text = Buffer.from(payload).toString();
    const { uri } = decodeJwt<Claims>(issued.kept.token).status.status_list;
    const { lst } = JSON.parse(text).status_list;
    expect(text).toBe(
      JSON.stringify({
        sub: uri,
        iat: LATER,
        exp: LATER + 10 * DAY,
        ttl: 10 * DAY,
        status_list: { bits: 2, lst },
      }),
    );
    // A zlib stream of the best compression (RFC 1950, section 2.2), in base64url without padding.
    expect([...Buffer.from(lst, 'base64url').subarray(0, 2)]).toEqual([0x78, 0xda]);
    expect(lst).toMatch(/^[\w-]+$/);
  });
});
