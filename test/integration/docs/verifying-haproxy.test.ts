import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { exportFor, handOver, realTimeInstallation } from '../../fixtures/exported.ts';
import { ask } from '../../rig/ask.ts';
import { startEchoBackend } from '../../rig/echo-backend.ts';
import { freePort } from '../../rig/free-port.ts';
import { whyNoHaproxy } from '../../rig/haproxy.ts';
import { recipe } from '../../rig/recipe.ts';
import { CLI } from '../../rig/run-node.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const missing = whyNoHaproxy();

/** A machine as the recipe expects it, in a folder of the test's own: its scripts, and `keysmith` on the path. */
async function machine() {
  const home = temporaryFolder();
  const backend = await startEchoBackend();
  const port = await freePort();
  const here = (name: string) =>
    recipe('verifying.md', name)
      .replaceAll('/srv/keysmith', home)
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`)
      .replaceAll('127.0.0.1:8081', backend);
  for (const name of ['install-bundle.sh', 'start.sh', 'team-api.rules'])
    writeFileSync(join(home, name), here(name));
  const bin = join(home, 'bin');
  mkdirSync(bin);
  mkdirSync(join(home, 'bundles'));
  writeFileSync(join(bin, 'keysmith'), `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`, {
    mode: 0o755,
  });
  const pidFile = join(home, 'haproxy.pid');
  onTestFinished(() => {
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  });
  const run = (script: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('sh', [join(home, script), ...args], {
      encoding: 'utf8',
      env: { PATH: [bin, process.env.PATH, '/usr/sbin'].join(delimiter) },
    });
    return { status, said: stdout + stderr };
  };
  const status = async (path: string, token?: string) =>
    (
      await ask(`http://127.0.0.1:${port}`, {
        path,
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      })
    ).status;
  return { home, run, status };
}

describe.skipIf(missing !== undefined)(`the HAProxy recipe${missing ? ` (${missing})` : ''}`, () => {
  test('verifies, starts, refreshes, and refuses an older bundle', async () => {
    const installation = await realTimeInstallation();
    const { ports, actor } = installation;
    const create = (name: string, more: object = {}) =>
      createKey(ports, actor, { service: 'team-api', name, permissions: ['computers:read'], ...more });
    const good = create('good');
    const leaked = create('leaked');
    const { home, run, status } = await machine();
    handOver(installation, home);
    const put = (name: string) =>
      exportFor(installation, { service: 'team-api', out: join(home, 'bundles', name) });

    await put('1');
    expect(run('install-bundle.sh', '1')).toMatchObject({
      status: 0,
      said: expect.stringContaining('bundle 1'),
    });
    expect(run('start.sh').status).toBe(0);
    await expect.poll(() => status('/computers', good.token).catch(() => 0)).toBe(200);
    expect(await status('/groups', good.token)).toBe(403);
    expect(await status('/computers')).toBe(401);
    expect(await status('/computers', leaked.token)).toBe(200);

    revokeKey(ports, actor, { key: leaked.key.id });
    const late = create('late');
    expect(await status('/computers', late.token)).toBe(401);
    await put('2');
    expect(run('install-bundle.sh', '2').status).toBe(0);
    await expect.poll(() => status('/computers', late.token), { timeout: 10_000 }).toBe(200);
    expect(await status('/computers', leaked.token)).toBe(401);
    expect(await status('/computers', good.token)).toBe(200);

    const rolledBack = run('install-bundle.sh', '1');
    expect(rolledBack.status).not.toBe(0);
    expect(rolledBack.said).toContain('BUNDLE_ROLLED_BACK');
    expect(await status('/computers', leaked.token)).toBe(401);
  });

  test('lets a key expire by its own clock, and answers 503 once its bundle has ended', async () => {
    const installation = await realTimeInstallation();
    const { ports, actor } = installation;
    const { token } = createKey(ports, actor, {
      service: 'team-api',
      name: 'brief',
      permissions: ['computers:read'],
      expires: '7s',
    });
    const { home, run, status } = await machine();
    handOver(installation, home);
    await exportFor(installation, {
      service: 'team-api',
      out: join(home, 'bundles/1'),
      validFor: '12s',
    });
    expect(run('install-bundle.sh', '1').status).toBe(0);
    expect(run('start.sh').status).toBe(0);
    await expect.poll(() => status('/computers', token).catch(() => 0)).toBe(200);
    await expect.poll(() => status('/computers', token), { timeout: 20_000 }).toBe(401);
    await expect.poll(() => status('/computers', token), { timeout: 20_000 }).toBe(503);
  });
});
