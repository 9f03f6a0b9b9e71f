import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FuseV1Options } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { FUSES } from '../../../packaging/fuses.ts';
import { readFuses } from '../../rig/read-fuses.ts';

/** The executable as it is shipped, which nobody can drive. */
const { KEYSMITH_SHIPPED_APP: shipped = '' } = process.env;

let folder = '';
let running: ChildProcess | undefined;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keysmith-packed-'));
});

test.afterEach(async () => {
  if (running && running.exitCode === null && running.signalCode === null) {
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  // Runners give Chromium no sandbox of its own to work in.
  const own = process.platform === 'linux' ? ['--no-sandbox'] : [];
  const child = spawn(shipped, [...own, ...args], {
    env: { ...process.env, KEYSMITH_HOME: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const said = Promise.all([text(child.stdout), text(child.stderr)]).then(parts => parts.join(''));
  return { child, said };
}

const started = () => expect.poll(() => existsSync(join(folder, 'data/desktop'))).toBe(true);

test('every fuse is as decided', async () => {
  const { version, strictlyRequireAllFuses, ...decided } = FUSES;
  expect(await readFuses(shipped)).toEqual(
    Object.fromEntries(Object.entries(decided).map(([index, on]) => [FuseV1Options[Number(index)], on])),
  );
});

test('the app starts', async () => {
  const { child } = start();
  await started();
  expect(child.exitCode).toBe(null);
});

test('the app does not start with remote debugging', async () => {
  const { child, said } = start(['--remote-debugging-port=0']);
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(await said).toContain('Keysmith does not start with remote debugging.');
});

test('the app is no Node, and listens to nothing that is said to Node', async () => {
  const script = join(folder, 'written');
  const { child, said } = start(['-e', `require('node:fs').writeFileSync(${JSON.stringify(script)}, '')`], {
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--inspect=0',
  });
  await started();
  child.kill('SIGKILL');
  expect(await said).not.toContain('Debugger listening');
  expect(existsSync(script)).toBe(false);
});
