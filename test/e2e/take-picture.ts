import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Where the run leaves its pictures; `KEYSMITH_PICTURES` sends them elsewhere, as for the README. */
const FOLDER = process.env.KEYSMITH_PICTURES ?? join(import.meta.dirname, '../../test-results/pictures');

/** Gives the window a colour scheme and a size, and waits until it has them. */
export async function show(
  app: ElectronApplication,
  page: Page,
  scheme: 'light' | 'dark',
  size: readonly [number, number] = [1280, 800],
): Promise<void> {
  await app.evaluate(
    ({ nativeTheme, BrowserWindow }, { source, width, height }) => {
      nativeTheme.themeSource = source;
      BrowserWindow.getAllWindows()[0]?.setSize(width, height);
    },
    { source: scheme, width: size[0], height: size[1] },
  );
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(size[0]);
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

/** The same place in both schemes, at the usual size and at the smallest. */
export async function pictures(app: ElectronApplication, page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await show(app, page, scheme);
    await picture(page, `${name}-${scheme}`);
    await show(app, page, scheme, [960, 600]);
    await picture(page, `${name}-${scheme}-960x600`);
  }
}
