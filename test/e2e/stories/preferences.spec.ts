import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { ExportPage } from '../pages/export-page.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { PreferencesPage } from '../pages/preferences-page.ts';
import { SEED_PASSPHRASE, seedName } from '../seed.ts';

async function close(app: ElectronApplication, page: Page): Promise<void> {
  const closed = app.waitForEvent('close');
  // The page goes before it can answer.
  await page.evaluate(() => window.keysmith.window.close()).catch(() => undefined);
  await closed;
}

const SOON = { keys: 3, special: (index: number) => ({ expires: ['5d', '20d', 'never'][index] }) };

test('colours, dates and the first service are kept at once, and hold from the next start on', async ({
  openSeeded,
  open,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 2, also: ['role-tokens'] });
  const preferences = new PreferencesPage(page);
  const today = new Date();
  const month = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-`;
  const entry = new AuditPage(page).rows.first();
  await page.keyboard.press('ControlOrMeta+3');
  await expect(entry).not.toContainText(month);
  await preferences.open();
  await preferences.colours.selectOption('Dark');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await preferences.dates.selectOption({ value: 'iso' });
  const service = await preferences.showFirst.locator('option').nth(2).innerText();
  await preferences.showFirst.selectOption(service);
  await page.keyboard.press('ControlOrMeta+1');
  await expect(keys.row(seedName(1))).toContainText(month);
  await page.keyboard.press('ControlOrMeta+3');
  await expect(entry).toContainText(month);
  await close(app, page);

  const again = await open();
  await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await new LockScreen(again.page).unlock(SEED_PASSPHRASE);
  await expect(again.page.getByRole('heading', { level: 1, name: service })).toBeVisible();
});

test('a first service that is no longer there leads to all keys', async ({ openSeeded, folder }) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'config.json'), '{"preferences":{"defaultService":"gone"}}');
  const { page, keys } = await openSeeded({ keys: 1 });
  await expect(page.getByRole('heading', { level: 1, name: 'All keys' })).toBeVisible();
  await expect(keys.rows).toHaveCount(1);
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await expect(preferences.showFirst).toContainText('gone (no longer there)');
});

test('the warning decides what the banner and the system say, and a click on either leads there', async ({
  openSeeded,
  open,
}) => {
  const { app, page, keys } = await openSeeded(SOON);
  const banner = page.getByRole('region', { name: 'Needs attention' });
  await expect(banner).toContainText('1 key expires within 14 days.');
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await preferences.warning.selectOption('30 days');
  await expect(banner).toContainText('2 keys expire within 30 days.');
  await banner.getByRole('button', { name: 'Review' }).click();
  await expect(keys.rows).toHaveCount(2);
  await expect(keys.filter.choice('Expires within', '30 days')).toBeChecked();
  await close(app, page);

  const again = await open();
  await again.app.evaluate(({ Notification }) => {
    const shown: Electron.Notification[] = [];
    Object.assign(globalThis, { shown });
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.push(this);
    };
  });
  const said = () =>
    again.app.evaluate(() => Reflect.get(globalThis, 'shown').map(({ body }: { body: string }) => body));
  expect(await said()).toEqual([]);
  await new LockScreen(again.page).unlock(SEED_PASSPHRASE);
  await expect
    .poll(said)
    .toEqual(['2 keys expire within 30 days. Whoever uses them will be locked out then.']);
  await expect(again.page.locator('[role=row][data-key]')).toHaveCount(3);
  await again.app.evaluate(() => Reflect.get(globalThis, 'shown')[0].emit('click'));
  await expect(again.page.locator('[role=row][data-key]')).toHaveCount(2);
});

test('a copied secret is cleared after as many seconds as are preferred', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded();
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await preferences.clipboard.fill('4');
  await expect(page.getByText('Give a whole number from 5 to 300.')).toBeVisible();
  await preferences.clipboard.fill('120');
  await expect.poll(async () => (await preferences.kept()).clipboardSeconds).toBe(120);
  await page.keyboard.press('ControlOrMeta+1');
  const reveal = await keys.createKey({ name: 'ci' });
  await reveal.dialog.getByRole('button', { name: /^Copy/ }).last().click();
  await expect(reveal.dialog.getByText(/Copied · 1(20|1\d) s/)).toBeVisible();
});

test('exports begin in the folder that was chosen, secrets do not', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 1 });
  const exports = join(folder, 'exports');
  mkdirSync(exports);
  await app.evaluate(({ dialog }, chosen) => {
    const asked: (string | undefined)[] = [];
    Object.assign(globalThis, { asked });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = async (...given: unknown[]) => {
      asked.push((given.at(-1) as { defaultPath?: string }).defaultPath);
      return { canceled: true, filePath: '' };
    };
  }, exports);
  const asked = () => app.evaluate(() => Reflect.get(globalThis, 'asked'));
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await preferences.exportFolder.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(preferences.exportFolder).toContainText(exports);
  // The page may not choose one by itself.
  const given = await page.evaluate(() =>
    window.keysmith.settings.keepPreferences({ exportFolder: '/etc' } as never),
  );
  expect(given.ok).toBe(false);

  await page.keyboard.press('ControlOrMeta+4');
  await new ExportPage(page).panel
    .getByRole('button', { name: /^Export/ })
    .last()
    .click();
  await expect.poll(asked).toEqual([join(exports, 'keys.csv')]);
  await page.keyboard.press('ControlOrMeta+1');
  const reveal = await keys.createKey({ name: 'ci' });
  await reveal.dialog.getByRole('button', { name: 'Save to file' }).click();
  await expect.poll(asked).toEqual([join(exports, 'keys.csv'), 'ci.txt']);
  await reveal.confirm();
  await preferences.open();
  await preferences.exportFolder.getByRole('button', { name: 'Forget' }).click();
  await expect(preferences.exportFolder).not.toContainText(exports);
});

test('damaged settings are set aside, and the window says where', async ({ openSeeded, folder }) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'config.json'), '{"preferences":{"theme":"da');
  const { page } = await openSeeded({ keys: 1 });
  const aside = join(folder, 'config.json.damaged');
  const toast = page.getByRole('alert').filter({ hasText: 'The file of the settings is damaged.' });
  await expect(toast).toContainText(aside);
  expect(readFileSync(aside, 'utf8')).toBe('{"preferences":{"theme":"da');
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await expect(preferences.notices).toContainText(aside);
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await expect(toast).toHaveCount(0);
  await expect(preferences.notices).toHaveCount(0);
  await preferences.dates.selectOption({ value: 'iso' });
  await expect.poll(() => existsSync(join(folder, 'config.json'))).toBe(true);
});

test('read-only settings stay, and the window says that changes do not', async ({ openSeeded, folder }) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'config.json');
  writeFileSync(path, '{"preferences":{"dateStyle":"iso"}}');
  chmodSync(path, 0o400);
  const { page } = await openSeeded({ keys: 1 });
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await expect(preferences.notices).toContainText('read-only');
  await preferences.dates.selectOption({ value: 'system' });
  await expect(page.getByText('The change was not kept.')).toBeAttached();
  await expect(preferences.dates).toHaveValue('iso');
  expect(readFileSync(path, 'utf8')).toBe('{"preferences":{"dateStyle":"iso"}}');
});

test('preferences, the shortcuts and what this is are accessible in light and dark', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({ keys: 1 });
  await keys.search.focus();
  await page.keyboard.press('Shift+?');
  await expect(keys.search, 'a question mark is a letter there').toHaveValue('?');
  await page.keyboard.press('Escape');
  await keys.rows.first().focus();
  await page.keyboard.press('Shift+?');
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(shortcuts.getByText('Ctrl K')).toBeVisible();
  await expectAccessible(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await expect(shortcuts).toBeHidden();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Commands' }).fill(seedName(0));
  await expect(page.locator('[data-action][data-selected]')).toContainText(seedName(0));
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Commands' })).toHaveCount(0);
  const preferences = new PreferencesPage(page);
  await preferences.open();
  await expect(preferences.about).toContainText(/Version\s*\d+\.\d+\.\d+/);
  await expect(preferences.about).toContainText(/Electron \d+.*SQLite 3\.\d+/);
  await preferences.clipboard.fill('999');
  await expectAccessible(page, 'preferences');
});
