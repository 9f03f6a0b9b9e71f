import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../fixtures/installation.ts';
import { commandLine } from './run.ts';

const at = (seconds: number) => new Date(seconds * 1000);

async function installed() {
  const line = commandLine();
  const { installation } = (await line.run(['init', '--json'])).json();
  await line.run(['service', 'create', 'sc', '--template', 'role-tokens']);
  const create = (...options: string[]) =>
    line.run(['key', 'create', '--service', 'sc', '--json', ...options]);
  const issue = async (...options: string[]) =>
    (await create(...options)).json() as { key: Json; token: string };
  const json = async (...argv: string[]) => (await line.run([...argv, '--json'])).json();
  /** Verifies as a service would, with the published keys. */
  const verify = async (token: string, audience = 'urn:keysmith:sc', now = NOW) =>
    jwtVerify(token, createLocalJWKSet(await json('signing-key', 'jwks')), {
      audience,
      issuer: `urn:uuid:${installation}`,
      currentDate: at(now),
    });
  return { ...line, installation: installation as string, create, issue, json, verify };
}
type Json = { readonly id: string; readonly [member: string]: unknown };

describe('key create', () => {
  it('gives a token with exactly the header and the claims of the format', async () => {
    const { issue, installation, json } = await installed();
    const { key, token } = await issue(
      '--name',
      'ci',
      '--role',
      'cloud-account-viewer@acc-1,acc-2',
      '--role',
      'global-viewer',
      '--allow-ip',
      '10.0.0.0/8 2001:db8::1',
    );
    const [active] = await json('signing-key', 'list');
    const header = decodeProtectedHeader(token);
    expect(JSON.stringify(header)).toBe(JSON.stringify({ alg: 'ES256', kid: active.kid, typ: 'JWT' }));
    const claims = decodeJwt<{ status: { status_list: { idx: number } } }>(token);
    const { idx } = claims.status.status_list;
    const iss = `urn:uuid:${installation}`;
    expect(JSON.stringify(claims)).toBe(
      JSON.stringify({
        iss,
        sub: key.id,
        aud: 'urn:keysmith:sc',
        jti: key.hint,
        iat: NOW,
        exp: Date.UTC(2027, 4, 23, 4) / 1000,
        name: 'ci',
        roles: [
          { role: 'cloud-account-viewer', accounts: ['acc-1', 'acc-2'] },
          { role: 'global-viewer', accounts: null },
        ],
        allowed_ips: ['10.0.0.0/8', '2001:db8::1'],
        status: { status_list: { idx, uri: `${iss}/sc/status-1` } },
      }),
    );
    expect(idx).toBeGreaterThanOrEqual(0);
    expect(idx).toBeLessThan(2 ** 20);
    expect(key.hint).toMatch(/^cr_[0-9A-Za-z]{16}$/);
  });

  it.each([
    [['--role', 'cloud-account-viewer'], 'ACCOUNTS_REQUIRED'],
    [['--role', 'cloud-account-viewer@'], 'ACCOUNTS_REQUIRED'],
    [['--role', 'global-viewer@acc-1'], 'ACCOUNTS_NOT_USED'],
    [['--role', 'emperor'], 'ROLE_UNKNOWN'],
    [['--role', '@acc-1'], 'ROLE_INVALID'],
    [['--role', 'cloud-account-viewer@a b'], 'ACCOUNT_INVALID'],
    [[], 'ROLE_REQUIRED'],
  ])('refuses %j', async (options, code) => {
    const { create, run } = await installed();
    const before = (await run(['audit', 'verify', '--json'])).out;
    const answer = await create('--name', 'ci', ...options);
    expect(answer.exit).toBe(1);
    expect(answer.error()).toMatchObject({ code, field: 'roles' });
    expect((await run(['audit', 'verify', '--json'])).out).toBe(before);
  });

  it('takes all accounts, several roles, and the accounts of a role that is given twice', async () => {
    const { issue } = await installed();
    const all = await issue('--name', 'all', '--role', 'cloud-account-viewer@*');
    expect(all.key.roles).toEqual([{ role: 'cloud-account-viewer', accounts: '*' }]);
    const twice = await issue(
      '--name',
      'twice',
      '--role',
      'cloud-account-viewer@b',
      '--role',
      'cloud-account-viewer@a,b',
    );
    expect(twice.key.roles).toEqual([{ role: 'cloud-account-viewer', accounts: ['a', 'b'] }]);
  });

  it('must expire, in six months when nothing is said, or after days', async () => {
    const { create, issue } = await installed();
    const never = await create('--name', 'x', '--role', 'global-viewer', '--expires', 'never');
    expect(never.error().code).toBe('EXPIRY_REQUIRED');
    const days = await issue('--name', 'days', '--role', 'global-viewer', '--expires', '45d');
    expect(decodeJwt(days.token).exp).toBe(NOW + 45 * 86_400);
  });

  it('cannot be renamed', async () => {
    const { issue, run } = await installed();
    const { key } = await issue('--name', 'x', '--role', 'global-viewer');
    expect((await run(['key', 'rename', key.id, 'y', '--json'])).error().code).toBe('RENAME_NOT_ALLOWED');
  });
});

describe('a token', () => {
  it('is accepted with the published keys, and refused when anything of it is wrong', async () => {
    const { issue, verify } = await installed();
    const { key, token } = await issue('--name', 'ci', '--role', 'global-admin', '--expires', '30d');
    expect((await verify(token)).payload.sub).toBe(key.id);
    await expect(verify(token, 'urn:keysmith:other')).rejects.toThrow(/aud/);
    await expect(verify(token, 'urn:keysmith:sc', NOW + 30 * 86_400 + 1)).rejects.toThrow(/exp/);
    const [header = '', claims = '', signature = ''] = token.split('.');
    for (const [part, text] of [header, claims, signature].entries()) {
      const bytes = Buffer.from(text, 'base64url');
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      const parts = [header, claims, signature].with(part, bytes.toString('base64url'));
      await expect(verify(parts.join('.'))).rejects.toThrow();
    }
  });

  it.each(['ES256', 'EdDSA', 'RS256'])('verifies when it is signed with %s', async alg => {
    const { issue, verify, run } = await installed();
    await run(['signing-key', 'rotate', '--alg', alg]);
    const { token } = await issue('--name', 'ci', '--role', 'global-admin');
    expect(decodeProtectedHeader(token).alg).toBe(alg);
    expect((await verify(token)).payload.name).toBe('ci');
  });

  it('is identified by its signature, and named but not proven without it', async () => {
    const { issue, run } = await installed();
    const { key, token } = await issue('--name', 'ci', '--role', 'global-admin');
    const find = async (text: string) => (await run(['key', 'find', '--json'], text)).json()[0];
    expect(await find(`Authorization: Bearer ${token}`)).toMatchObject({
      match: 'token',
      proven: true,
      key: { id: key.id },
      credential: { state: 'current' },
    });
    const [header = '', claims = '', signature = ''] = token.split('.');
    const forged = `${header}.${claims}.${'A'.repeat(signature.length)}`;
    expect(await find(forged)).toMatchObject({ match: 'id', proven: false, key: { id: key.id } });
    const none = Buffer.from('{"alg":"none","kid":"x","typ":"JWT"}').toString('base64url');
    expect(await find(`${none}.${claims}.${signature}`)).toMatchObject({ proven: false });
    expect(await find(String(key.hint))).toMatchObject({ match: 'id', proven: false });
  });
});

describe('key edit', () => {
  it('marks the token as older than its key until it is reissued', async () => {
    const { issue, json, run, verify } = await installed();
    const { key, token } = await issue('--name', 'ci', '--role', 'global-viewer');
    expect(await json('key', 'edit', key.id, '--owner', 'Ann')).toMatchObject({ stale: false });
    const edited = await run(['key', 'edit', key.id, '--role', 'global-admin']);
    expect(edited.err).toContain(`keysmith key reissue ${key.id}`);
    expect(await json('key', 'show', key.id)).toMatchObject({ stale: true });
    expect((await verify(token)).payload.roles).toEqual([{ role: 'global-viewer', accounts: null }]);

    const fresh = await json('key', 'reissue', key.id);
    expect(fresh.key.stale).toBe(false);
    expect((await verify(fresh.token)).payload.roles).toEqual([{ role: 'global-admin', accounts: null }]);
    const found = (await run(['key', 'find', '--json'], token)).json()[0];
    expect(found.credential).toMatchObject({ state: 'refused', refused_reason: 'superseded' });
  });

  it('is not asked of opaque keys', async () => {
    const { json, run } = await installed();
    const { key } = await json('key', 'create', '--service', 'team-api', '--name', 'x');
    expect((await run(['key', 'reissue', key.id, '--json'])).error().code).toBe('NOT_ALLOWED');
  });
});

describe('signing-key', () => {
  it('rotates: old and new tokens verify; compromised: the old ones do not', async () => {
    const { issue, json, verify, run, folder } = await installed();
    const old = await issue('--name', 'old', '--role', 'global-viewer');
    const [first] = await json('signing-key', 'list');
    await run(['signing-key', 'rotate']);
    const fresh = await issue('--name', 'fresh', '--role', 'global-viewer');
    expect((await verify(old.token)).protectedHeader.kid).toBe(first.kid);
    expect((await verify(fresh.token)).protectedHeader.kid).not.toBe(first.kid);

    const marked = await json('signing-key', 'compromise', first.kid.slice(0, 8));
    expect(marked).toMatchObject({ kid: first.kid, state: 'compromised', keys: [{ id: old.key.id }] });
    await expect(verify(old.token)).rejects.toThrow();
    expect((await run(['key', 'list'])).out).toMatch(/active, not saved, token refused +old/);
    expect((await run(['key', 'show', old.key.id])).out).toContain('signed by a compromised key');
    expect((await verify(fresh.token)).payload.name).toBe('fresh');
    expect((await run(['key', 'find', '--json'], old.token)).json()[0].credential).toMatchObject({
      state: 'refused',
      refused_reason: 'compromised',
    });

    const out = join(folder, 'reissued.ndjson');
    expect(await json('signing-key', 'reissue', first.kid, '--out', out)).toMatchObject({ reissued: 1 });
    const line = JSON.parse(readFileSync(out, 'utf8'));
    expect(line).toMatchObject({ id: old.key.id, name: 'old' });
    expect((await verify(line.token)).payload.sub).toBe(old.key.id);
    expect(await json('signing-key', 'show', first.kid)).toMatchObject({ live_tokens: 0, keys: [] });
  });

  it('signs with a new key at once when the active one is compromised', async () => {
    const { issue, json, verify } = await installed();
    const old = await issue('--name', 'old', '--role', 'global-viewer');
    const [first] = await json('signing-key', 'list');
    await json('signing-key', 'compromise', first.kid);
    await expect(verify(old.token)).rejects.toThrow();
    const fresh = await issue('--name', 'fresh', '--role', 'global-viewer');
    expect((await verify(fresh.token)).payload.name).toBe('fresh');
  });

  it('is not retired while a token depends on it, and says from when on it can be', async () => {
    const { issue, json, run, clock } = await installed();
    await issue('--name', 'x', '--role', 'global-viewer', '--expires', '30d');
    const [first] = await json('signing-key', 'list');
    expect((await run(['signing-key', 'retire', first.kid, '--json'])).error().code).toBe(
      'SIGNING_KEY_STATE',
    );
    await run(['signing-key', 'rotate']);
    const refused = (await run(['signing-key', 'retire', first.kid, '--json'])).error();
    expect(refused.code).toBe('SIGNING_KEY_IN_USE');
    expect(refused.message).toContain('1 token depends on it; the last of them ends on 2026-12-23T04:00:00Z');
    clock.now = NOW + 30 * 86_400;
    expect(await json('signing-key', 'retire', first.kid)).toMatchObject({ state: 'retired' });
    expect((await json('signing-key', 'jwks')).keys).toHaveLength(1);
  });

  it('keeps token keys and trust keys apart', async () => {
    const { issue, json, run } = await installed();
    await issue('--name', 'x', '--role', 'global-viewer');
    const trust = await json('signing-key', 'trust');
    expect(Object.keys(trust)).toEqual(['format', 'iss', 'keys']);
    const { keys } = await json('signing-key', 'jwks');
    expect(keys).toHaveLength(1);
    expect(trust.keys).toHaveLength(1);
    expect(trust.keys[0].kid).not.toBe(keys[0].kid);
    expect(Object.keys(keys[0])).not.toContain('d');
    const shown = await run(['signing-key', 'trust']);
    expect(shown.err).toMatch(/Fingerprint: ([0-9a-f]{4} ){15}[0-9a-f]{4}/);
    await run(['signing-key', 'rotate', '--purpose', 'trust']);
    expect((await json('signing-key', 'trust')).keys).toHaveLength(2);
    await run(['signing-key', 'compromise', trust.keys[0].kid]);
    const after = await json('signing-key', 'trust');
    expect(after.keys.map(({ kid }: { kid: string }) => kid)).not.toContain(trust.keys[0].kid);
  });
});
