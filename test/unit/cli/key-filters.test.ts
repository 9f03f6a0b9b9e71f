import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { commandLine } from './run.ts';

/** Five keys that differ in what filters ask. */
async function installed() {
  const line = commandLine();
  await line.run(['init', '--template', 'public-private-keys', '--json']);
  const create = async (name: string, ...options: string[]) =>
    (
      await line.run(['key', 'create', '--service', 'support-api', '--name', name, '--json', ...options])
    ).json().key.id as string;
  const ids = {
    office: await create('office', '--allow-ip', '10.1.0.0/16', '--permission', 'devices:list'),
    host: await create('host', '--allow-ip', '10.1.2.3', '--expires', '20d'),
    v6: await create('v6', '--allow-ip', '2001:db8::/32', '--permission', 'devices:read'),
    web: await create('web', '--kind', 'public', '--permission', 'sessions:create'),
    open: await create('open', '--expires', '40d'),
  };
  const names = async (...options: string[]) =>
    (await line.run(['key', 'list', '--sort', 'name', '--json', ...options]))
      .json()
      .map(({ name }: { name: string }) => name);
  return { ...line, ids, names };
}

describe('key list', () => {
  it.each([
    [['--kind', 'public'], ['web']],
    [
      ['--permission', 'devices:list', '--permission', 'devices:read'],
      ['office', 'v6'],
    ],
    [['--expires-within', '30d'], ['host']],
    [
      ['--expires-within', 'P2M'],
      ['host', 'open'],
    ],
    [['--never-expires'], []],
    [
      ['--admits-ip', '10.1.2.3'],
      ['host', 'office', 'open', 'web'],
    ],
    [
      ['--admits-ip', '10.1.2.3', '--bound-to-ips', 'yes'],
      ['host', 'office'],
    ],
    [
      ['--admits-ip', '2001:db8::7'],
      ['open', 'v6', 'web'],
    ],
    [
      ['--bound-to-ips', 'no'],
      ['open', 'web'],
    ],
    [['--unsaved'], ['host', 'office', 'open', 'v6']],
    [['--search', '10.1.2'], ['host']],
    [['--overdue'], []],
    [['--exposed'], []],
    [['--kind', 'public', '--unsaved'], []],
  ])('with %j', async (options, expected) => {
    const { names } = await installed();
    expect(await names(...options)).toEqual(expected);
  });

  it.each([
    [['--admits-ip', '10.0.0.0/8'], 'IP_INVALID'],
    [['--permission', 'nothing:here'], 'PERMISSION_UNKNOWN'],
    [['--expires-within', 'soon'], 'QUERY_INVALID'],
  ])('refuses %j', async (options, code) => {
    const { run } = await installed();
    expect((await run(['key', 'list', '--json', ...options])).error().code).toBe(code);
  });

  it('points out public keys whose permission is no longer public-safe', async () => {
    const { run, names, ids } = await installed();
    const { catalog } = (await run(['service', 'show', 'support-api', '--json'])).json();
    const permissions = catalog.permissions.map((entry: { id: string }) =>
      entry.id === 'sessions:create' ? { ...entry, public_safe: false } : entry,
    );
    const file = join(temporaryFolder(), 'catalog.json');
    writeFileSync(file, JSON.stringify({ ...catalog, permissions }));
    const imported = await run(['service', 'import', file, '--service', 'support-api']);
    expect(imported.err).toContain('1 public key holds sessions:create, which is not public-safe');
    expect(await names('--exposed')).toEqual(['web']);
    const edit = ['key', 'edit', ids.web, '--permission', 'sessions:create', '--json'];
    expect((await run(edit)).error().code).toBe('PERMISSION_NOT_PUBLIC');
    expect((await run(['key', 'edit', ids.web, '--no-permissions'])).exit).toBe(0);
    expect(await names('--exposed')).toEqual([]);
  });

  it('is sorted by every column', async () => {
    const { names } = await installed();
    expect(await names('--sort', 'kind')).toEqual(['office', 'host', 'v6', 'open', 'web']);
    expect(await names('--sort', 'kind:desc')).toEqual(['web', 'open', 'v6', 'host', 'office']);
    expect(await names('--sort', 'permissions:desc')).toEqual(['open', 'host', 'web', 'v6', 'office']);
  });
});

describe('key bulk', () => {
  it('changes all keys of standard input, or none with a list of why', async () => {
    const { run, ids, names } = await installed();
    const input = `${ids.office}\n${ids.host},${ids.web} ${ids.office}\n`;
    expect((await run(['key', 'bulk', 'disable', '--json'], input)).json()).toEqual({
      action: 'disable',
      changed: 3,
      unchanged: 0,
      stale: 0,
    });
    const again = await run(['key', 'bulk', 'disable'], input);
    expect(again.out).toBe('Disabled 0 keys. 3 were so already.\n');
    for (const useless of [
      ['disable', '--expires', '3d'],
      ['enable', '--reason', 'x'],
    ])
      expect((await run(['key', 'bulk', ...useless], input)).exit).toBe(2);
    expect(await names('--status', 'disabled')).toEqual(['host', 'office', 'web']);
    await run(['key', 'revoke', ids.host]);
    const refused = await run(['key', 'bulk', 'enable', '--json'], input);
    expect(refused.exit).toBe(1);
    expect(JSON.parse(refused.err).error).toMatchObject({
      code: 'BULK_REFUSED',
      field: 'keys',
      refusals: [{ subject: ids.host, name: 'host', code: 'KEY_REVOKED' }],
    });
    expect(await names('--status', 'disabled')).toEqual(['office', 'web']);
    expect((await run(['key', 'bulk', 'enable'], input)).err).toContain(`${ids.host}: The key`);
  });

  it('extends, removes, and repeats no token that was pasted among the IDs', async () => {
    const { run, ids, names } = await installed();
    expect((await run(['key', 'bulk', 'extend', '--json'], ids.host)).error().code).toBe('EXPIRY_REQUIRED');
    expect((await run(['key', 'bulk', 'extend', '--expires', 'P1Y'], ids.host)).exit).toBe(0);
    const token = `sup_sk_${'a'.repeat(16)}_${'b'.repeat(49)}`;
    const answer = await run(['key', 'bulk', 'remove', '--json'], `${ids.open} ${token}`);
    expect(answer.error().code).toBe('BULK_REFUSED');
    expect(answer.err).not.toContain('b'.repeat(20));
    expect((await run(['key', 'bulk', 'remove'], ids.open)).exit).toBe(0);
    expect(await names()).toEqual(['host', 'office', 'v6', 'web']);
    expect((await run(['key', 'bulk', 'remove', '--json'], ' \n')).error().code).toBe('QUERY_INVALID');
  });
});
