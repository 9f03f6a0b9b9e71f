import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { appCommand } from '../rig/app-command.ts';
import { type KeyringSession, startKeyring, whyNoKeyring } from '../rig/keyring-session.ts';
import { KeysPage } from './pages/keys-page.ts';
import { LockScreen } from './pages/lock-screen.ts';
import { SEED_PASSPHRASE, type Seed, seedInstallation } from './seed.ts';

export { expect } from '@playwright/test';

type Environment = Record<string, string>;

/** An app that was started, and its window. */
interface Opened {
  readonly app: ElectronApplication;
  readonly page: Page;
}

interface OpenOptions {
  /** What the environment has beside the test's own data folder. */
  readonly env?: Environment;
  readonly args?: readonly string[];
  /** Who opens it, where there are several operators; else the owner. */
  readonly as?: string;
}

interface TestFixtures {
  /** A data folder of this test alone. */
  readonly folder: string;
  /** Starts the app on the test's data folder; it ends with the test. */
  readonly open: (options?: OpenOptions) => Promise<Opened>;
  /** Starts the app on an installation that was made before, and opens its vault. */
  readonly openSeeded: (seed?: Seed, options?: OpenOptions) => Promise<Opened & { readonly keys: KeysPage }>;
}

interface WorkerFixtures {
  /** The environment of a desktop with a keychain that answers. */
  readonly keychain: Environment;
}

/** The environment of this process, as what can be passed on. */
function ownEnvironment(): Environment {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  keychain: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from its pattern
    async ({}, use) => {
      if (process.platform !== 'linux' || whyNoKeyring() !== undefined) return use({});
      const home = mkdtempSync(join(tmpdir(), 'keysmith-desktop-'));
      let session: KeyringSession | undefined;
      try {
        session = await startKeyring(home, 'unlocked');
        await use(session.env);
      } finally {
        await session?.end();
        rmSync(home, { recursive: true, force: true });
      }
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'keysmith-e2e-'));
    await use(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true });
  },

  open: async ({ folder, keychain }, use) => {
    const processes: ChildProcess[] = [];
    await use(async ({ env = {}, args = [] } = {}) => {
      const command = appCommand();
      const app = await _electron.launch({
        ...command,
        args: [...command.args, ...args],
        env: { ...ownEnvironment(), ...keychain, KEYSMITH_HOME: folder, ...env },
        colorScheme: null,
      });
      processes.push(app.process());
      const page = await app.firstWindow();
      await page.waitForURL(/index\.html/);
      return { app, page };
    });
    for (const process of processes) await endProcess(process);
  },

  openSeeded: async ({ folder, open }, use) => {
    await use(async (seed = {}, options = {}) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await seedInstallation(folder, seed);
      const opened = await open(options);
      await new LockScreen(opened.page).unlock(SEED_PASSPHRASE, options.as);
      const keys = new KeysPage(opened.page);
      await keys.search.waitFor();
      return { ...opened, keys };
    });
  },
});

/** Ends an app whatever it is doing: a test that failed may have left a question open. */
async function endProcess(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exited = once(process, 'exit');
  process.kill('SIGKILL');
  await exited;
}
