import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { NOW } from '../../fixtures/installation.ts';
import { commandLine } from './run.ts';

async function installed() {
  const line = commandLine();
  expect((await line.run(['init', '--json'])).exit).toBe(0);
  const create = (...options: string[]) =>
    line.run(['key', 'create', '--service', 'team-api', '--json', ...options]);
  return { ...line, create };
}

describe('key create', () => {
  it('prints key and token as one JSON object', async () => {
    const { create } = await installed();
    const { key, token } = (
      await create(
        '--name',
        'ci',
        '--permission',
        'people:read',
        '--permission',
        'audit:read',
        '--expires',
        '90d',
      )
    ).json();
    expect(Object.keys(key).slice(0, KEY_FIELDS.length)).toEqual(KEY_FIELDS);
    expect(key).toMatchObject({
      name: 'ci',
      permissions: ['audit:read', 'people:read'],
      expires_at: NOW + 90 * 86_400,
      saved_at: null,
    });
    expect(token).toMatch(/^team_sk_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/);
  });

  it('writes the token to a new private file instead, and then counts as saved', async () => {
    const { create, folder } = await installed();
    const out = join(folder, 'secret.txt');
    const answer = await create('--name', 'ci', '--out', out);
    expect(answer.json()).toMatchObject({ key: { saved_at: NOW }, out });
    const token = readFileSync(out, 'utf8');
    expect(token).toMatch(/^team_sk_\w+\n$/);
    expect(answer.out + answer.err).not.toContain(token.trim());
    if (process.platform !== 'win32') expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('never overwrites a file, and then makes no key', async () => {
    const { create, folder, run } = await installed();
    const out = join(folder, 'secret.txt');
    await create('--name', 'ci', '--out', out);
    const before = readFileSync(out, 'utf8');
    expect((await create('--name', 'second', '--out', out)).error()).toMatchObject({
      code: 'FILE_EXISTS',
      field: 'out',
    });
    expect((await create('--name', 'third', '--out', join(folder, 'no', 'where'))).error()).toMatchObject({
      code: 'FILE_UNWRITABLE',
      field: 'out',
    });
    expect(readFileSync(out, 'utf8')).toBe(before);
    expect((await run(['key', 'list', '--json'])).json()).toHaveLength(1);
  });

  it('leaves no file behind when the key is refused', async () => {
    const { create, folder } = await installed();
    const out = join(folder, 'secret.txt');
    expect((await create('--name', '', '--out', out)).error().code).toBe('NAME_INVALID');
    expect(existsSync(out)).toBe(false);
  });

  it('tells a person what to do with the secret', async () => {
    const { run } = await installed();
    const answer = await run(['key', 'create', '--service', 'team-api', '--name', 'ci']);
    expect(answer.out).toMatch(/Key ID {2}ak_\w{16}\nSecret {2}team_sk_/);
    expect(answer.err).toContain('keysmith key saved ak_');
  });
});

describe('key list, show and find', () => {
  it('list sorts, filters and limits', async () => {
    const { create, run, clock } = await installed();
    for (const name of ['beta', 'Alpha', 'gamma']) {
      await create('--name', name, ...(name === 'beta' ? ['--expires', '1h'] : []));
      clock.now += 1;
    }
    const names = async (...options: string[]) =>
      ((await run(['key', 'list', '--json', ...options])).json() as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await names()).toEqual(['gamma', 'Alpha', 'beta']);
    expect(await names('--sort', 'name')).toEqual(['Alpha', 'beta', 'gamma']);
    expect(await names('--sort', 'name:desc', '--limit', '1')).toEqual(['gamma']);
    expect(await names('--search', 'ALPHA')).toEqual(['Alpha']);
    clock.now = NOW + 3600;
    expect(await names('--status', 'expired')).toEqual(['beta']);
    expect(await names('--status', 'expired', '--status', 'active', '--service', 'team-api')).toHaveLength(3);
    expect(await names('--status', 'revoked')).toEqual([]);
  });

  it('show has the credentials, without anything that could be used', async () => {
    const { create, run } = await installed();
    const { token } = (await create('--name', 'ci')).json();
    const answer = await run(['key', 'show', 'team-api/CI', '--json']);
    expect(answer.json()).toMatchObject({ name: 'ci', credentials: [{ state: 'current', saved_at: null }] });
    expect(answer.out).not.toContain(token.slice(-49, -10));
  });

  it('find reads from standard input and exits 1 when nothing matches', async () => {
    const { create, run } = await installed();
    const { token, key } = (await create('--name', 'ci')).json();
    expect((await run(['key', 'find', '--json'], token)).json()).toMatchObject([
      { match: 'token', proven: true, key: { id: key.id } },
    ]);
    expect((await run(['key', 'find'], key.id)).out).toContain('contains the ID, not proven');
    const miss = await run(['key', 'find', '--json'], 'team_sk_unknown');
    expect([miss.exit, miss.error().code]).toEqual([1, 'KEY_NOT_FOUND']);
    expect(miss.err).not.toContain('unknown');
    for (const argv of [
      ['find', token],
      ['show', token],
      ['revoke', token],
    ]) {
      const refused = await run(['key', ...argv, '--json']);
      expect(refused.exit).toBe(1);
      expect(refused.out + refused.err).not.toContain(token.slice(25, 40));
    }
  });
});

describe('changing a key', () => {
  it('edit, rename, saved, revoke and remove answer with the key as it is then', async () => {
    const { create, run } = await installed();
    const { key } = (await create('--name', 'ci', '--permission', 'people:read')).json();
    const change = async (...argv: string[]) => (await run(['key', ...argv, '--json'])).json();
    expect(await change('edit', key.id, '--owner', 'Ann', '--no-permissions')).toMatchObject({
      owner: 'Ann',
      permissions: [],
    });
    expect(await change('rename', key.id, 'deploy')).toMatchObject({ name: 'deploy' });
    expect(await change('saved', key.id)).toMatchObject({ saved_at: NOW });
    expect(await change('revoke', 'team-api/deploy', '--reason', 'lost')).toMatchObject({
      status: 'revoked',
      revoke_reason: 'lost',
    });
    expect(await change('remove', key.id)).toMatchObject({ id: key.id, status: 'removed' });
    expect((await run(['key', 'show', key.id, '--json'])).error().code).toBe('KEY_NOT_FOUND');
  });

  it('refuses with one sentence, a code and a field', async () => {
    const { create, run } = await installed();
    await create('--name', 'ci');
    const refused = await run(['key', 'rename', 'team-api/ci', 'a\nb', '--json']);
    expect(refused.exit).toBe(1);
    expect(refused.out).toBe('');
    expect(refused.error()).toMatchObject({ code: 'NAME_INVALID', field: 'name' });
    expect(Object.keys(refused.error())).toEqual(['code', 'message', 'field']);
    const person = await run(['key', 'rename', 'team-api/ci', '']);
    expect(person.err).toMatch(/^keysmith: The name "" is empty\. .* \[NAME_INVALID, name\]\n$/);
  });

  it('needs a clock that is right, or accepted', async () => {
    const { create, clock } = await installed();
    await create('--name', 'ci');
    clock.now = NOW - 3600;
    expect((await create('--name', 'late')).error().code).toBe('CLOCK_BEHIND');
    expect((await create('--name', 'late', '--accept-clock')).exit).toBe(0);
    expect((await create('--name', 'later')).exit).toBe(0);
  });
});
