import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test';

import type { Journal } from '../standin/journal.ts';

export { expect } from '@playwright/test';

export const fixture = path.join(import.meta.dirname, '../fixture');
const executable = path.join(import.meta.dirname, '../dist/electron');

/** What the fixture app writes down. */
interface Asked {
  readonly navigations: string[];
  readonly redirects: string[];
  readonly windows: string[];
  readonly downloads: string[];
  readonly permissions: string[];
  readonly chosen: string[];
  readonly starts: { readonly argv: string[]; readonly folder: string; readonly data: unknown }[];
}

declare global {
  var asked: Asked;
}

interface Fixtures {
  /** Environment variables for the app. */
  env: Record<string, string>;
  userData: string;
  app: ElectronApplication;
  /** The page of the app's window, loaded. */
  page: Page;
}

export const test = base.extend<Fixtures>({
  env: [{}, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what a fixture needs.
  userData: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'electron-spec-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ userData, env }, use) => {
    const app = await electron.launch({
      args: [fixture, `--user-data-dir=${userData}`],
      env: { ...process.env, ...env } as Record<string, string>,
      colorScheme: null,
    });
    await use(app);
    await app.close();
  },
  page: async ({ app }, use) => {
    const page = await app.firstWindow();
    await page.waitForURL(/index\.html$/);
    await page.waitForLoadState();
    await use(page);
  },
});

/** Runs the executable without Playwright, to its end; one that never ends is killed before the test gives up. */
export async function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(executable, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 15_000,
    killSignal: 'SIGKILL',
  });
  const code = new Promise<number | null>(resolve => child.once('exit', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

/** What the stand-in has written down, as far as it can leave the process. */
export function journal(app: ElectronApplication) {
  return app.evaluate(() => {
    const { notifications, ...rest }: Journal = Reflect.get(globalThis, Symbol.for('electron-standin'));
    return { ...rest, notifications: notifications.map(({ title, body }) => ({ title, body })) };
  });
}
