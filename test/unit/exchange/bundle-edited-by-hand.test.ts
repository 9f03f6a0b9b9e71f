import { inflateSync } from 'node:zlib';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { readStatus } from '../../../main/verify/status-list-bits.ts';
import { exportedBundle, sha256, textOf } from '../../fixtures/bundles.ts';
import { db, populated, run } from '../../fixtures/edited-by-hand.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

/** What a bundle says of tokens: the names of those that count and that gateways let in, and the reasons of others. */
const saidBy = (files: Parameters<typeof textOf>[0]) => {
  const lines = (name: string) => textOf(files, name).split('\n').filter(Boolean);
  return {
    valid: lines('keys.ndjson').map(line => JSON.parse(line).name),
    refused: lines('revoked.ndjson').map(line => JSON.parse(line)),
  };
};

const EDITS = {
  'the name of a key': "UPDATE key SET name = 'mallory' WHERE ref = ?",
  'the end of a key': 'UPDATE key SET expires_at = 9999999999 WHERE ref = ?',
  'the permissions of a key': `UPDATE key SET permissions = '["people:write"]' WHERE ref = ?`,
  'the addresses of a key': `UPDATE key SET allowed_ips = '["10.0.0.1"]' WHERE ref = ?`,
  'the digest of a token': 'UPDATE credential SET digest = zeroblob(32) WHERE key_ref = ?',
  'the audit log’s last word on a key': 'UPDATE key SET audit_seq = audit_seq - 1 WHERE ref = ?',
};

describe('what was edited by hand in a bundle of opaque tokens', () => {
  it.each(Object.entries(EDITS))('%s: is left out everywhere, and counted', async (_what, edit) => {
    const installation = await populated();
    const { ports, actor, live } = installation;
    createKey(ports, actor, { service: 'team-api', name: 'intact', permissions: ['people:read'] });
    run(installation, edit, live.key.ref);
    const { files, counts } = await exportedBundle(installation, 'team-api');
    expect(saidBy(files).valid).toEqual(['intact']);
    for (const name of ['haproxy/keys.map', 'haproxy/permissions.map'])
      expect(textOf(files, name).split('\n')).toHaveLength(2);
    for (const [name, bytes] of files)
      expect(bytes.includes(live.key.id) || bytes.includes(sha256(live.token)), name).toBe(false);
    expect(counts).toEqual({ valid: 1, refused: 2, tampered: 1, notInMap: 0 });
  });

  it('never brings a refused token back, whatever was done to it', async () => {
    const installation = await populated();
    const { ports, actor, revoked, removed } = installation;
    const rotated = createKey(ports, actor, { service: 'team-api', name: 'rotated' });
    const renewed = rotateKey(ports, actor, { key: rotated.key.id, grace: 'none' });
    db(installation).pragma('foreign_keys = OFF');
    run(installation, "UPDATE key SET status = 'active', revoked_at = NULL WHERE ref = ?", revoked.key.ref);
    run(installation, "UPDATE tombstone SET reason = 'x', record = '{}'");
    run(installation, 'UPDATE credential SET saved_at = 1 WHERE key_ref = ?', removed.key.ref);
    run(installation, "UPDATE key SET owner = 'mallory' WHERE ref = ?", rotated.key.ref);
    const { files, counts } = await exportedBundle(installation, 'team-api');
    const { valid, refused } = saidBy(files);
    expect(valid).toEqual(['live']);
    const reasons = Object.fromEntries(refused.map(({ sha256, reason }) => [sha256, reason]));
    expect(reasons).toEqual({
      [sha256(revoked.token)]: 'revoked',
      [sha256(removed.token)]: 'removed',
      [sha256(rotated.token)]: 'superseded',
    });
    expect(textOf(files, 'haproxy/keys.map')).not.toContain(sha256(renewed.token));
    expect(counts).toMatchObject({ valid: 1, refused: 3, tampered: 1 });
  });

  it('refuses a token of a revoked key whose own row says that it counts', async () => {
    const installation = await populated();
    const { revoked } = installation;
    run(
      installation,
      "UPDATE credential SET state = 'current', refused_at = NULL, refused_reason = NULL WHERE key_ref = ?",
      revoked.key.ref,
    );
    const { files } = await exportedBundle(installation, 'team-api');
    expect(saidBy(files).refused).toContainEqual({
      credential: installation.store.credentials(revoked.key.ref)[0]?.id,
      id: revoked.key.id,
      sha256: sha256(revoked.token),
      reason: 'revoked',
      at: NOW,
    });
  });

  it('leaves out every token of a key from which one is gone', async () => {
    const installation = await populated();
    const { ports, actor, live } = installation;
    rotateKey(ports, actor, { key: live.key.id, grace: '1d' });
    run(installation, "DELETE FROM credential WHERE key_ref = ? AND state = 'previous'", live.key.ref);
    const { files, counts } = await exportedBundle(installation, 'team-api');
    expect(saidBy(files).valid).toEqual([]);
    expect(counts).toMatchObject({ valid: 0, tampered: 1 });
  });

  it('of a service is not exported at all', async () => {
    const installation = await populated();
    run(installation, "UPDATE service SET audience = 'urn:other'");
    await expect(exportedBundle(installation, 'team-api')).rejects.toMatchObject({ code: 'TAMPERED' });
  });
});

async function withTokens() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  const issue = (name: string) =>
    createKey(ports, actor, { service: 'sc', name, roles: [{ role: 'global-viewer', accounts: null }] });
  const first = issue('first');
  await rotateSigningKey(ports, actor, { purpose: 'token' });
  const second = issue('second');
  const revoked = issue('revoked');
  revokeKey(ports, actor, { key: revoked.key.id });
  const bitOf = (files: Parameters<typeof textOf>[0], token: string) => {
    const list = decodeJwt<{ status_list: { lst: string } }>(textOf(files, 'status-1.jwt')).status_list.lst;
    const { status } = decodeJwt<{ status: { status_list: { idx: number } } }>(token);
    return readStatus(inflateSync(Buffer.from(list, 'base64url')), 2, status.status_list.idx);
  };
  return { ...installation, first, second, revoked, bitOf };
}

describe('what was edited by hand in a bundle of signed tokens', () => {
  it('leaves out a token whose place in the list was changed, and both places read INVALID', async () => {
    const { first, second, bitOf, ...installation } = await withTokens();
    run(
      installation,
      'UPDATE credential SET status_index = (status_index + 1) % 1000000 WHERE key_ref = ?',
      first.key.ref,
    );
    const { files, counts } = await exportedBundle(installation, 'sc');
    expect(saidBy(files).valid).toEqual(['second']);
    expect([first, second].map(({ token }) => bitOf(files, token))).toEqual([1, 0]);
    expect(counts).toEqual({ valid: 1, refused: 1, tampered: 1, notInMap: 0 });
  });

  it('leaves out a token key and what it signed, and goes on with the others', async () => {
    const { first, second, revoked, bitOf, store, ...installation } = await withTokens();
    const [old, active] = store.signingKeys();
    run(
      { ...installation, store },
      'UPDATE signing_key SET created_at = created_at - 1 WHERE ref = ?',
      old?.ref ?? 0,
    );
    const { files, counts } = await exportedBundle({ ...installation, store }, 'sc');
    expect(JSON.parse(textOf(files, 'jwks.json')).keys).toMatchObject([{ kid: active?.kid }]);
    expect(saidBy(files)).toMatchObject({ valid: ['second'], refused: [{ id: revoked.key.id }] });
    expect([first, second, revoked].map(({ token }) => bitOf(files, token))).toEqual([1, 0, 1]);
    expect(counts).toMatchObject({ valid: 1, refused: 1, tampered: 1 });
  });

  it('gives no bundle when the token key that signs its lists was changed', async () => {
    const installation = await withTokens();
    const { store } = installation;
    run(installation, "UPDATE signing_key SET created_by = 'mallory' WHERE state = 'active'");
    const before = store.head();
    await expect(exportedBundle(installation, 'sc')).rejects.toMatchObject({ code: 'TAMPERED' });
    expect(store.head()).toEqual(before);
    expect(store.bundles(store.service('sc')?.ref ?? (0 as never), 10)).toEqual([]);
  });

  it.each([
    ['changed', "UPDATE status_list SET uri = 'urn:other'"],
    ['gone', 'DELETE FROM status_list'],
  ])('leaves out the tokens of a list that is %s, and the list', async (_what, edit) => {
    const { revoked, ...installation } = await withTokens();
    db(installation).pragma('foreign_keys = OFF');
    run(installation, edit);
    const { files, counts } = await exportedBundle(installation, 'sc');
    expect([...files.keys()]).not.toContain('status-1.jwt');
    expect(saidBy(files)).toMatchObject({ valid: [], refused: [{ id: revoked.key.id }] });
    expect(counts).toEqual({ valid: 0, refused: 1, tampered: 2, notInMap: 0 });
  });
});
