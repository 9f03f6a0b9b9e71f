import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { exportFor, handOver, realTimeInstallation } from '../../fixtures/exported.ts';
import { ask } from '../../rig/ask.ts';
import { freePort } from '../../rig/free-port.ts';
import { recipe } from '../../rig/recipe.ts';
import { startNode } from '../../rig/run-node.ts';
import { ROOT } from '../../rig/run-tool.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** Starts the recipe as a service of its own that has `keysmith` installed. */
async function startService(env: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/keysmith'));
  const script = join(folder, 'service.mjs');
  writeFileSync(script, recipe('verifying.md', 'service.mjs'));
  const port = await freePort();
  const child = startNode(script, [], { ...env, PORT: String(port) });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      child.emit('said');
    });
  }
  const says = async (what: RegExp) => {
    while (!what.test(said)) {
      if (child.exitCode !== null) throw new Error(`the service ended: ${said}`);
      await once(child, 'said');
    }
    said = '';
  };
  const status = async (token?: string) =>
    (
      await ask(`http://127.0.0.1:${port}`, {
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      })
    ).status;
  return { says, status, reload: () => child.kill('SIGHUP') };
}

test('a Node service lets in who may come in, learns of a revocation, and refuses an older bundle', async () => {
  const installation = await realTimeInstallation();
  const { ports, actor } = installation;
  const create = (name: string, permissions: readonly string[]) =>
    createKey(ports, actor, { service: 'team-api', name, permissions });
  const good = create('good', ['computers:read']);
  const other = create('other', ['groups:read']);
  const folder = temporaryFolder();
  const bundle = join(folder, 'bundle');
  const state = join(folder, 'state.json');
  await exportFor(installation, { service: 'team-api', out: bundle });
  const service = await startService({ BUNDLE: bundle, TRUST: handOver(installation), STATE: state });
  await service.says(/bundle 1/);
  expect(await service.status(good.token)).toBe(200);
  expect(await service.status(other.token)).toBe(403);
  expect(await service.status('team_sk_wrong')).toBe(401);
  expect(await service.status()).toBe(401);
  expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ service: 'team-api', sequence: 1 });

  const old = join(folder, 'old');
  cpSync(bundle, old, { recursive: true });
  revokeKey(ports, actor, { key: good.key.id });
  await exportFor(installation, { service: 'team-api', out: bundle, replace: true });
  service.reload();
  await service.says(/bundle 2/);
  expect(await service.status(good.token)).toBe(401);

  rmSync(bundle, { recursive: true });
  cpSync(old, bundle, { recursive: true });
  service.reload();
  await service.says(/refused, bundle 2 goes on: BUNDLE_ROLLED_BACK/);
  expect(await service.status(good.token)).toBe(401);
  expect(await service.status(other.token)).toBe(403);
});

test('a Node service answers 503 once its bundle has ended', async () => {
  const installation = await realTimeInstallation();
  const { ports, actor } = installation;
  const { token } = createKey(ports, actor, {
    service: 'team-api',
    name: 'good',
    permissions: ['computers:read'],
  });
  const { out, bundle } = await exportFor(installation, { service: 'team-api', validFor: '4s' });
  const service = await startService({
    BUNDLE: out,
    TRUST: handOver(installation),
    STATE: join(temporaryFolder(), 'state.json'),
  });
  await service.says(/bundle 1/);
  expect(await service.status(token)).toBe(200);
  await expect.poll(() => service.status(token), { timeout: 20_000 }).toBe(503);
  expect(Date.now() / 1000).toBeGreaterThanOrEqual(bundle.expiresAt);
});
