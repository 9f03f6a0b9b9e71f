import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../fixtures/installation.ts';
import { commandLine } from './run.ts';

const DAY = 86_400;

/** A command line with the service of the template `public-private-keys`. */
async function installed() {
  const line = commandLine();
  expect((await line.run(['init', '--template', 'public-private-keys', '--json'])).exit).toBe(0);
  const create = (...options: string[]) =>
    line.run(['key', 'create', '--service', 'support-api', '--json', ...options]);
  const issue = async (...options: string[]) =>
    (await create(...options)).json() as { key: { id: string; [member: string]: unknown }; token: string };
  const verify = async () => (await line.run(['audit', 'verify', '--json'])).out;
  return { ...line, create, issue, verify };
}

describe('key create', () => {
  it('makes private keys unless told otherwise, for a year', async () => {
    const { issue } = await installed();
    const { key, token } = await issue('--name', 'server');
    expect(key).toMatchObject({ kind: 'private', expires_at: Date.UTC(2027, 10, 23, 4) / 1000 });
    expect(token).toMatch(/^sup_sk_/);
    const web = await issue('--name', 'web', '--kind', 'public', '--permission', 'sessions:create');
    expect(web.key).toMatchObject({ kind: 'public', permissions: ['sessions:create'] });
    expect(web.token).toMatch(/^sup_pk_/);
  });

  it.each([
    [['--kind', 'public', '--permission', 'devices:list'], 'PERMISSION_NOT_PUBLIC', 'permissions'],
    [['--expires', '2027-11-24'], 'EXPIRY_TOO_FAR', 'expires'],
    [['--expires', 'never'], 'EXPIRY_REQUIRED', 'expires'],
    [['--allow-ip', '10.0.0.1/8'], 'IP_INVALID', 'allowed_ips'],
    [['--allow-ip', 'fe80::1%eth0'], 'IP_INVALID', 'allowed_ips'],
    [['--allow-ip', '300.1.1.1'], 'IP_INVALID', 'allowed_ips'],
    [['--allow-ip', '10.0.0.0/33'], 'IP_INVALID', 'allowed_ips'],
  ])('refuses %j', async (options, code, field) => {
    const { create, verify } = await installed();
    const before = await verify();
    const answer = await create('--name', 'x', ...options);
    expect(answer.exit).toBe(1);
    expect(answer.error()).toMatchObject({ code, field });
    expect(answer.error().message).toContain(options.at(-1));
    expect(await verify()).toBe(before);
  });

  it('takes a whole year, to the end of the same day', async () => {
    const { issue } = await installed();
    const { key } = await issue('--name', 'x', '--expires', '2027-11-23');
    expect(key.expires_at).toBe(Date.UTC(2027, 10, 23, 23, 59, 59) / 1000);
  });

  it('merges addresses and says which ones it left out', async () => {
    const { run } = await installed();
    const answer = await run([
      'key',
      'create',
      '--service',
      'support-api',
      '--name',
      'x',
      '--allow-ip',
      '10.0.0.0/8, 10.1.2.3',
      '--allow-ip',
      '2001:DB8::1 2001:db8:0::1',
    ]);
    expect(answer.err).toContain('10.1.2.3 was left out: 10.0.0.0/8 covers it.');
    expect(answer.err).toContain('2001:db8::1 was given twice.');
    const [key] = (await run(['key', 'list', '--json'])).json();
    expect(key.allowed_ips).toEqual(['10.0.0.0/8', '2001:db8::1']);
  });

  it('binds no key to addresses where the policy does not use them', async () => {
    const { run } = await installed();
    await run(['service', 'edit', 'support-api', '--allowed-ips', 'no']);
    const argv = ['key', 'create', '--service', 'support-api', '--name', 'x', '--allow-ip', '::1', '--json'];
    expect((await run(argv)).error()).toMatchObject({ code: 'IPS_NOT_USED', field: 'allowed_ips' });
  });
});

describe('key edit', () => {
  it('opens a key to every address only when that is said', async () => {
    const { run, issue } = await installed();
    const { key } = await issue('--name', 'x', '--allow-ip', '10.0.0.0/8');
    for (const empty of ['', ' , ']) {
      const answer = await run(['key', 'edit', key.id, '--allow-ip', empty, '--json']);
      expect(answer.error()).toMatchObject({ code: 'IP_INVALID', field: 'allowed_ips' });
    }
    expect((await run(['key', 'show', key.id, '--json'])).json().allowed_ips).toEqual(['10.0.0.0/8']);
    expect((await run(['key', 'edit', key.id, '--no-allow-ips', '--json'])).json().allowed_ips).toEqual([]);
  });
});

describe('a token that was pasted in a wrong place', () => {
  it.each([
    [['key', 'rotate', 'TOKEN']],
    [['key', 'rotate', 'TOKEN/x']],
    [['key', 'rotate', 'support-api/x', 'TOKEN']],
    [['key', 'bulk', 'TOKEN']],
    [['key', 'copy', 'TOKEN', '--json']],
  ])('is not repeated by %j', async argv => {
    const { run, issue } = await installed();
    const { token } = await issue('--name', 'x');
    const answer = await run(argv.map(word => word.replace('TOKEN', token)));
    expect(answer.exit).not.toBe(0);
    expect(answer.out + answer.err).not.toContain(token.slice(24, 40));
  });
});

describe('key disable and enable', () => {
  it('goes to and fro', async () => {
    const { run, issue } = await installed();
    const { key } = await issue('--name', 'x');
    expect((await run(['key', 'disable', key.id, '--json'])).json().status).toBe('disabled');
    expect((await run(['key', 'enable', key.id, '--json'])).json().status).toBe('active');
  });

  it('asks for a new expiry from the very second of the old one on', async () => {
    const { run, issue, clock } = await installed();
    const { key } = await issue('--name', 'x', '--expires', '90d');
    const expired = async () => (await run(['key', 'list', '--status', 'expired', '--json'])).json();
    clock.now = NOW + 90 * DAY - 1;
    expect(await expired()).toEqual([]);
    clock.now += 1;
    expect(await expired()).toMatchObject([{ id: key.id }]);
    expect((await run(['key', 'enable', key.id, '--json'])).error()).toMatchObject({
      code: 'KEY_EXPIRED',
      field: 'expires',
    });
    expect((await run(['key', 'enable', key.id, '--expires', '2y', '--json'])).error().field).toBe('expires');
    const renewed = (await run(['key', 'enable', key.id, '--expires', 'P1Y', '--json'])).json();
    expect(renewed.status).toBe('active');
  });

  it('never brings a revoked key back', async () => {
    const { run, issue } = await installed();
    const { key } = await issue('--name', 'x');
    await run(['key', 'revoke', key.id]);
    for (const argv of [['enable'], ['enable', '--expires', 'P1Y'], ['disable'], ['rotate'], ['copy']]) {
      const [action = '', ...options] = argv;
      expect((await run(['key', action, key.id, ...options, '--json'])).error().code).toBe('KEY_REVOKED');
    }
  });
});

describe('key copy', () => {
  it('prints a public key’s token as often as it is wanted, and a private one’s never', async () => {
    const { run, issue } = await installed();
    const web = await issue('--name', 'web', '--kind', 'public');
    const copied = (await run(['key', 'copy', web.key.id, '--json'])).json();
    expect(copied).toEqual({ token: web.token });
    expect((await run(['key', 'copy', 'support-api/web'])).out).toBe(`${web.token}\n`);
    const server = await issue('--name', 'server');
    expect((await run(['key', 'copy', server.key.id, '--json'])).error()).toMatchObject({
      code: 'SECRET_NOT_KEPT',
      field: 'key',
    });
    const log = (await run(['audit', 'list', '--json'])).out;
    expect(log).not.toContain(web.token);
    expect(JSON.parse(log).filter((entry: { action: string }) => entry.action === 'key.copy')).toHaveLength(
      2,
    );
  });
});

describe('key rotate', () => {
  it('keeps the old secret for its grace period, and find tells them apart', async () => {
    const { run, issue, clock } = await installed();
    const old = await issue('--name', 'x');
    const fresh = (await run(['key', 'rotate', old.key.id, '--grace', '24h', '--json'])).json();
    expect(fresh.token).not.toBe(old.token);
    const find = async (token: string) => (await run(['key', 'find', '--json'], token)).json()[0];
    expect(await find(fresh.token)).toMatchObject({ proven: true, credential: { state: 'current' } });
    expect(await find(old.token)).toMatchObject({
      proven: true,
      key: { id: old.key.id },
      credential: { state: 'previous', grace_until: NOW + DAY },
    });
    expect((await run(['key', 'find'], old.token)).out).toContain('previous secret, valid until 2026-11-24');

    clock.now = NOW + DAY;
    expect((await find(old.token)).credential).toMatchObject({
      state: 'refused',
      refused_at: NOW + DAY,
      refused_reason: 'superseded',
    });
    expect((await run(['key', 'find'], old.token)).out).toContain('refused since 2026-11-24T04:00:00Z');
    expect((await find(fresh.token)).credential.state).toBe('current');
  });

  it('can end the grace period early, or have none', async () => {
    const { run, issue } = await installed();
    const first = await issue('--name', 'x');
    await run(['key', 'rotate', first.key.id]);
    const states = async () =>
      (await run(['key', 'show', first.key.id, '--json']))
        .json()
        .credentials.map(({ state }: { state: string }) => state);
    expect(await states()).toEqual(['previous', 'current']);
    expect((await run(['key', 'end-grace', first.key.id])).exit).toBe(0);
    expect(await states()).toEqual(['refused', 'current']);
    expect((await run(['key', 'end-grace', first.key.id, '--json'])).error().code).toBe('KEY_CHANGED');
    await run(['key', 'rotate', first.key.id, '--grace', 'none']);
    expect(await states()).toEqual(['refused', 'refused', 'current']);
    const tooLong = await run(['key', 'rotate', first.key.id, '--grace', '31d', '--json']);
    expect(tooLong.error()).toMatchObject({ code: 'GRACE_INVALID', field: 'grace' });
  });

  it('writes the new secret to a file, and rotates nothing when that fails', async () => {
    const { run, issue, folder, verify } = await installed();
    const { key } = await issue('--name', 'x');
    const out = join(folder, 'secret.txt');
    expect((await run(['key', 'rotate', key.id, '--out', out, '--json'])).json().key.saved_at).toBe(NOW);
    const token = readFileSync(out, 'utf8').trim();
    const before = await verify();
    expect((await run(['key', 'rotate', key.id, '--out', out, '--json'])).error().code).toBe('FILE_EXISTS');
    expect(await verify()).toBe(before);
    expect((await run(['key', 'find', '--json'], token)).json()[0].credential.state).toBe('current');
  });

  it('finds the keys that are overdue', async () => {
    const { run, issue, clock } = await installed();
    const { key } = await issue('--name', 'server');
    await issue('--name', 'web', '--kind', 'public');
    const overdue = async () => (await run(['key', 'list', '--overdue', '--json'])).json();
    clock.now = NOW + 90 * DAY - 1;
    expect(await overdue()).toEqual([]);
    clock.now += 1;
    expect(await overdue()).toMatchObject([{ id: key.id }]);
    await run(['key', 'rotate', key.id]);
    expect(await overdue()).toEqual([]);
  });
});
