import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keyMapLine, permissionMapLine } from '../../../main/exchange/gateway-maps.ts';
import { haproxyConfig } from '../../../main/exchange/haproxy-config.ts';
import { type KeyId, newKeyId, type ServiceSlug } from '../../../main/keys/ids.ts';
import { newOpaqueToken, tokenDigest } from '../../../main/keys/opaque-token.ts';
import { ask, type Question } from '../../rig/ask.ts';
import { type Echo, startEchoBackend } from '../../rig/echo-backend.ts';
import { checkHaproxyConfig, startHaproxy, whyNoHaproxy } from '../../rig/haproxy.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const missing = whyNoHaproxy();
const now = () => Math.floor(Date.now() / 1000);

interface TestKey {
  readonly id: KeyId;
  readonly token: string;
  readonly notAfter: number | null;
  readonly permissions: readonly string[];
}

function newKey(change: Partial<TestKey> = {}): TestKey {
  const id = newKeyId(randomBytes);
  const token = newOpaqueToken('orders', 'private', id, randomBytes);
  return { id, token, notAfter: null, permissions: ['orders:read'], ...change };
}

interface Bundle {
  readonly keys: readonly TestKey[];
  readonly expiresAt?: number;
}

/** Writes what a bundle holds for gateways. @returns the configuration's path */
function writeBundle(folder: string, { keys, expiresAt = now() + 3600 }: Bundle): string {
  const target = join(folder, 'haproxy');
  mkdirSync(target, { recursive: true });
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(target, name), lines.map(line => `${line}\n`).join(''));
  write(
    'keys.map',
    keys
      .map(({ id, token, notAfter }) =>
        keyMapLine({ digestHex: tokenDigest(token).toString('hex'), keyId: id, notAfter }),
      )
      .sort(),
  );
  write(
    'permissions.map',
    keys.flatMap(({ id, permissions }) => permissions.map(name => permissionMapLine(id, name))).sort(),
  );
  const config = haproxyConfig({
    service: 'orders' as ServiceSlug,
    title: 'Orders',
    sequence: 7,
    expiresAt,
    permissions: ['orders:read', 'orders:write'],
    leftOut: 0,
  });
  writeFileSync(join(target, 'haproxy.cfg'), config);
  return join(target, 'haproxy.cfg');
}

/** A HAProxy in front of a backend, with the rules of a small API. */
async function startGateway(config: string, env: Readonly<Record<string, string>> = {}) {
  const rules = join(temporaryFolder(), 'rules');
  writeFileSync(
    rules,
    'GET:/ *\nGET:/orders orders:read\nPOST:/orders orders:write\nGET:/orders/all orders:audit\n',
  );
  const backend = await startEchoBackend();
  const haproxy = await startHaproxy(config, { KEYSMITH_BACKEND: backend, KEYSMITH_RULES: rules, ...env });
  const send = (token: string | undefined, { headers, ...rest }: Question = {}) => {
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return ask(haproxy.url, { path: '/orders/1', ...rest, headers: { ...authorization, ...headers } });
  };
  const status = async (token: string | undefined, question?: Question) =>
    (await send(token, question)).status;
  return { ...haproxy, send, status };
}

describe.skipIf(missing !== undefined)(`HAProxy${missing ? ` (${missing})` : ''}`, () => {
  test('takes the configuration as exported, without a warning, with and without settings', () => {
    const config = writeBundle(temporaryFolder(), { keys: [newKey()] });
    const rules = join(temporaryFolder(), 'rules');
    writeFileSync(rules, '');
    const settings = {
      KEYSMITH_BIND: '127.0.0.1:8080 name front',
      KEYSMITH_BACKEND: '127.0.0.1:8081 check',
      KEYSMITH_RULES: rules,
      KEYSMITH_PERMISSION: 'orders:read',
      KEYSMITH_TOKEN_HEADER: 'X-API-Key',
      KEYSMITH_LOG: 'stdout format raw local0',
    };
    const accepted = { code: 0, said: expect.stringMatching(/^Configuration file is valid\s*$/) };
    expect(checkHaproxyConfig(config)).toEqual(accepted);
    expect(checkHaproxyConfig(config, settings)).toEqual(accepted);
  });

  test('passes a valid key on by its ID and without its token', async () => {
    const key = newKey({ notAfter: now() + 3600 });
    const { send } = await startGateway(writeBundle(temporaryFolder(), { keys: [key] }));
    const answer = await send(key.token, {
      headers: {
        'x-keysmith-key-id': 'ak_0000000000000000',
        X_Keysmith_Key_ID: 'ak_0000000000000000',
        Connection: 'keep-alive, X-Keysmith-Key-ID',
        'X-HTTP-Method-Override': 'DELETE',
        'X-Other': 'kept',
      },
    });
    expect(answer.status).toBe(200);
    const { path, headers } = JSON.parse(answer.body) as Echo;
    expect(path).toBe('/orders/1');
    expect(headers).toMatchObject({ 'x-keysmith-key-id': [key.id], 'x-other': ['kept'] });
    expect(Object.keys(headers)).not.toContain('x-http-method-override');
    expect(answer.body).not.toContain('ak_0000000000000000');
    expect(answer.body).not.toContain(key.token);
    expect(headers.connection?.join() ?? '').not.toMatch(/keysmith/i);
  });

  test('answers 401 without a token that the bundle knows', async () => {
    const key = newKey();
    const revoked = newKey();
    const { send, status } = await startGateway(writeBundle(temporaryFolder(), { keys: [key] }));
    expect(await status(key.token)).toBe(200);
    expect(await send(undefined)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(await send(revoked.token)).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
    expect(await status(key.token.slice(0, -1))).toBe(401);
    expect(await status(tokenDigest(key.token).toString('hex'))).toBe(401);
    expect(await status(undefined, { headers: { Authorization: key.token } })).toBe(401);
    expect(await status(undefined, { headers: { Authorization: `Basic ${key.token}` } })).toBe(401);
    expect(await status(undefined, { headers: { 'X-API-Key': key.token } })).toBe(401);
  });

  test('lets a key expire by its own clock', async () => {
    const notAfter = now() + 3;
    const key = newKey({ notAfter });
    const lasting = newKey();
    const { status } = await startGateway(writeBundle(temporaryFolder(), { keys: [key, lasting] }));
    expect(await status(key.token)).toBe(200);
    await expect.poll(() => status(key.token), { timeout: 10_000 }).toBe(401);
    expect(now()).toBeGreaterThanOrEqual(notAfter);
    expect(await status(lasting.token)).toBe(200);
  });

  test('refuses a key whose line in the map is damaged', async () => {
    const folder = temporaryFolder();
    const config = writeBundle(folder, { keys: [] });
    const keys = ['', ':', ':x', ':-', ': '].map(end => ({ ...newKey(), end }));
    const lines = keys.map(({ id, token, end }) => `${tokenDigest(token).toString('hex')} ${id}${end}\n`);
    writeFileSync(join(folder, 'haproxy/keys.map'), lines.join(''));
    const { status } = await startGateway(config, { KEYSMITH_PERMISSION: '*' });
    expect(await Promise.all(keys.map(({ token }) => status(token)))).toEqual(keys.map(() => 401));
  });

  test('answers 403 without the permission, or where no rule names one', async () => {
    const key = newKey();
    const config = writeBundle(temporaryFolder(), { keys: [key, newKey({ permissions: ['orders:write'] })] });
    const { status } = await startGateway(config);
    expect(await status(key.token, { path: '/orders' })).toBe(200);
    expect(await status(key.token, { method: 'POST', path: '/orders' })).toBe(403);
    expect(await status(key.token, { path: '/orders/all/2026' })).toBe(403);
    expect(await status(key.token, { path: '/orders/%61ll' })).toBe(403);
    expect(await status(key.token, { method: 'DELETE', path: '/orders/1' })).toBe(403);
    expect(await status(key.token, { method: 'HEAD', path: '/orders/1' })).toBe(403);
    expect(await status(key.token, { path: '/anything' })).toBe(200);
    expect(await status(undefined, { path: '/anything' })).toBe(401);
  });

  test('answers 400 to a path that the backend could read in another way', async () => {
    const key = newKey();
    const { status } = await startGateway(writeBundle(temporaryFolder(), { keys: [key] }));
    const odd = [
      '/x/../orders',
      '/x/%2e%2e/orders',
      '//orders',
      '/./orders',
      '/orders/..',
      '/orders/%',
      '/a%5c..%5cb',
    ];
    expect(await Promise.all(odd.map(path => status(key.token, { path })))).toEqual(odd.map(() => 400));
    expect(await status(key.token, { path: '/orders/.hidden?to=/../x' })).toBe(200);
  });

  test('can ask one permission for everything, and take the token from another header', async () => {
    const key = newKey();
    const config = writeBundle(temporaryFolder(), { keys: [key] });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'rules'), 'GET:/admin orders:admin\n');
    const env = { KEYSMITH_RULES: join(folder, 'rules'), KEYSMITH_TOKEN_HEADER: 'X-API-Key' };
    const headers = { 'X-API-Key': key.token };
    const open = await startGateway(config, { ...env, KEYSMITH_PERMISSION: 'orders:read' });
    const answer = await open.send(undefined, { path: '/any', headers });
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain(key.token);
    expect(await open.status(undefined, { path: '/admin', headers })).toBe(403);
    expect(await open.status(key.token, { path: '/any' })).toBe(401);
    const closed = await startGateway(config, { ...env, KEYSMITH_PERMISSION: 'orders:write' });
    expect(await closed.status(undefined, { path: '/any', headers })).toBe(403);
  });

  test('answers 503 once the bundle has ended', async () => {
    const key = newKey();
    const expiresAt = now() + 3;
    const { status } = await startGateway(writeBundle(temporaryFolder(), { keys: [key], expiresAt }));
    expect(await status(key.token)).toBe(200);
    await expect.poll(() => status(key.token), { timeout: 10_000 }).toBe(503);
    expect(now()).toBeGreaterThanOrEqual(expiresAt);
    expect(await status(undefined)).toBe(503);
  });
});

describe.skipIf(missing !== undefined)(`the next bundle${missing ? ` (${missing})` : ''}`, () => {
  /** Puts a bundle behind the link `current` in one step, as an admin does. */
  function useBundle(folder: string, name: string, bundle: Bundle): string {
    writeBundle(join(folder, name), bundle);
    symlinkSync(name, join(folder, 'next'));
    renameSync(join(folder, 'next'), join(folder, 'current'));
    return join(folder, 'current/haproxy/haproxy.cfg');
  }

  test('comes into force without a dropped request', async () => {
    const folder = temporaryFolder();
    const [lasting, revoked, added] = [newKey(), newKey(), newKey()];
    const gateway = await startGateway(useBundle(folder, 'bundle-1', { keys: [lasting, revoked] }));
    expect(await gateway.status(revoked.token)).toBe(200);
    expect(await gateway.status(added.token)).toBe(401);

    const outcomes = new Map<string, number>();
    const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const total = () => [...outcomes.values()].reduce((sum, number) => sum + number, 0);
    let asking = true;
    const client = async (agent?: Agent) => {
      while (asking) {
        await gateway.send(lasting.token, agent ? { agent } : {}).then(
          ({ status }) => count(`${status}`),
          (error: NodeJS.ErrnoException) => count(error.code ?? error.message),
        );
      }
    };
    const keptAlive = new Agent({ keepAlive: true, maxSockets: 8 });
    const clients = Array.from({ length: 16 }, (_, nth) => client(nth < 8 ? keptAlive : undefined));
    const reached = (number: number) =>
      expect.poll(total, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(number);

    await reached(1000);
    useBundle(folder, 'bundle-2', { keys: [lasting, added] });
    rmSync(join(folder, 'bundle-1'), { recursive: true });
    for (let reload = 0; reload < 4; reload += 1) {
      await gateway.reload();
      await reached(total() + 500);
    }
    asking = false;
    await Promise.all(clients);
    keptAlive.destroy();
    expect([...outcomes.keys()]).toEqual(['200']);

    expect(await gateway.status(added.token)).toBe(200);
    expect(await gateway.status(revoked.token)).toBe(401);
  });

  test('leaves the present one in force when it cannot be loaded', async () => {
    const folder = temporaryFolder();
    const key = newKey();
    const gateway = await startGateway(useBundle(folder, 'bundle-1', { keys: [key] }));
    useBundle(folder, 'bundle-2', { keys: [] });
    rmSync(join(folder, 'bundle-2/haproxy/keys.map'));
    await expect(gateway.reload()).rejects.toThrow('could not load');
    expect(await gateway.status(key.token)).toBe(200);
    writeBundle(join(folder, 'bundle-2'), { keys: [] });
    await gateway.reload();
    await expect.poll(() => gateway.status(key.token)).toBe(401);
  });
});
