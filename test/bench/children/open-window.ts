import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { KeysPage } from '../../e2e/pages/keys-page.ts';
import { LockScreen } from '../../e2e/pages/lock-screen.ts';
import { SEED_PASSPHRASE } from '../../e2e/seed.ts';
import { ROOT } from '../../rig/run-tool.ts';

/** Opens an installation in the app as it was built, for some work in its window. */
export async function withWindow<T>(
  folder: string,
  work: (page: Page, app: ElectronApplication) => Promise<T>,
): Promise<T> {
  // Where Electron's binary is not there, its own package is pointed to the stand-in; nothing else changes.
  if (!existsSync(join(ROOT, 'node_modules/electron/dist')))
    process.env.ELECTRON_OVERRIDE_DIST_PATH ??= join(ROOT, 'test/electron/dist');
  const app = await _electron.launch({
    args: ['.'],
    cwd: ROOT,
    env: { ...(process.env as Record<string, string>), KEYSMITH_HOME: folder },
    colorScheme: null,
  });
  try {
    const page = await app.firstWindow();
    await page.waitForURL(/index\.html/);
    await new LockScreen(page).unlock(SEED_PASSPHRASE);
    await new KeysPage(page).rows.first().waitFor();
    return await work(page, app);
  } finally {
    await app.close();
  }
}
