import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { PreferencesPage } from '../pages/preferences-page.ts';
import { SEED_PASSPHRASE, seedName } from '../seed.ts';

const bounds = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return { ...window?.getNormalBounds(), maximized: window?.isMaximized() };
  });

async function close(app: ElectronApplication, page: Page): Promise<void> {
  const closed = app.waitForEvent('close');
  // The page goes before it can answer.
  await page.evaluate(() => window.keysmith.window.close()).catch(() => undefined);
  await closed;
}

test('the window comes back where it was, as large as it was, with the page as large as it was', async ({
  openSeeded,
  open,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 1 });
  const place = { x: 100, y: 60, width: 1100, height: 700 };
  await app.evaluate(({ BrowserWindow }, where) => BrowserWindow.getAllWindows()[0]?.setBounds(where), place);
  await keys.rows.first().focus();
  await page.keyboard.press('Control++');
  await page.keyboard.press('Control++');
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(Math.round(1100 / 1.25));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  await close(app, page);

  const again = await open();
  await expect.poll(() => bounds(again.app)).toEqual({ ...place, maximized: true });
  await expect.poll(() => again.page.evaluate(() => devicePixelRatio)).toBe(1.25);
  await new LockScreen(again.page).unlock(SEED_PASSPHRASE);
  await again.page.keyboard.press('Control+0');
  await expect.poll(() => again.page.evaluate(() => devicePixelRatio)).toBe(1);
});

test('the menu leads to every place, the palette too, by names and lately used first', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 3, also: ['role-tokens'] });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const choose = (id: string) =>
    app.evaluate(
      ({ Menu, BrowserWindow }, item) =>
        Menu.getApplicationMenu()
          ?.getMenuItemById(item)
          ?.click(undefined as never, BrowserWindow.getAllWindows()[0] as never),
      id,
    );
  await keys.rows.first().focus();
  for (const [number, name] of Object.entries({
    2: 'Signing keys',
    3: 'Audit',
    4: 'Export',
    5: 'Settings',
    1: 'All keys',
  })) {
    await page.keyboard.press(`ControlOrMeta+${number}`);
    await expect(heading(name)).toBeVisible();
  }
  await choose('service:team-api');
  await expect(heading('Team API')).toBeVisible();
  await choose('about');
  await expect(page.getByRole('dialog', { name: 'About Keysmith' })).toContainText('SQLite');
  await page.keyboard.press('Escape');

  const typed = page.getByRole('textbox', { name: 'Commands' });
  const lines = page.locator('.mantine-Spotlight-action');
  await page.keyboard.press('ControlOrMeta+k');
  await typed.fill('audit');
  await page.keyboard.press('Enter');
  await expect(heading('Audit')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(lines.first()).toContainText('Go to audit');
  await typed.fill(seedName(1));
  await expect(lines.filter({ hasText: seedName(1) })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Key information' })).toContainText(seedName(1));
});

test('whoever wants no motion gets none', async ({ openSeeded }) => {
  const { page } = await openSeeded();
  const preferences = new PreferencesPage(page);
  await preferences.open();
  const lasting = () =>
    preferences.notify.evaluate(box => Number.parseFloat(getComputedStyle(box).transitionDuration));
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await lasting()).toBeGreaterThan(0.05);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await lasting()).toBe(0);
});
