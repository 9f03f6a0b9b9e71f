import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { PreferencesPage } from '../pages/preferences-page.ts';
import { pictures } from '../take-picture.ts';

const LONG =
  'A service with a name that is as long as somebody who means well can make it, for all branches in all countries';

test('pictures of preferences, the palette, the shortcuts and what this is', async ({
  openSeeded,
  folder,
}) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'config.json'), '{"half');
  const { app, page, keys } = await openSeeded({
    keys: 4,
    also: ['role-tokens'],
    special: index => ({ name: index === 1 ? `nightly-${'sync-'.repeat(18)}end` : `nightly-${index}` }),
  });
  await page.evaluate(
    title => window.keysmith.services.edit({ service: 'team-api', title: title.slice(0, 100) }),
    LONG,
  );
  const preferences = new PreferencesPage(page);
  await app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    },
    join(folder, 'a-folder-with-a-long-name', 'exports of the whole department and of others'),
  );
  await preferences.open();
  await preferences.exportFolder.getByRole('button', { name: 'Choose a folder…' }).click();
  await preferences.section.scrollIntoViewIfNeeded();
  await pictures(app, page, 'preferences');
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  await preferences.about.scrollIntoViewIfNeeded();
  await pictures(app, page, 'about');
  await page.keyboard.press('ControlOrMeta+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await pictures(app, page, 'shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  const typed = page.getByRole('textbox', { name: 'Commands' });
  await typed.fill('audit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+1');
  await keys.rows.first().waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await pictures(app, page, 'palette');
  await typed.fill('nightly');
  await expect(page.locator('.mantine-Spotlight-action').first()).toContainText('nightly');
  await pictures(app, page, 'palette-keys');
});
