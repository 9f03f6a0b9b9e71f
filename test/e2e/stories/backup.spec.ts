import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { query } from '../database.ts';
import { expectAccessible, showAsSystem } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { pictures } from '../take-picture.ts';

const PASSPHRASE = 'eleven slow barges upstream';

test('a backup is made from Settings', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 2 });
  const settings = new SettingsPage(page);
  const place = join(dirname(folder), 'all.age');
  await settings.open();
  await expect(settings.backup).toContainText('No backup was made yet.');
  await settings.backup.getByRole('button', { name: 'Back up…' }).click();
  const dialog = settings.dialog('Back up');
  const submit = dialog.getByRole('button', { name: 'Back up…' });
  const passphrase = dialog.getByLabel('Backup passphrase', { exact: true });
  const again = dialog.getByLabel('Backup passphrase again');
  await expect(dialog).toContainText('Without this passphrase nobody can open the backup');
  await expect(passphrase).toBeFocused();
  await passphrase.fill('short words');
  await again.fill(PASSPHRASE);
  await submit.click();
  await expect(dialog).toContainText('The two passphrases differ.');
  await expect(again).toBeFocused();
  await passphrase.fill('password1234');
  await again.fill('password1234');
  await submit.click();
  await expect(dialog.getByRole('alert')).toContainText('The passphrase of the backup is too easy to guess');
  await passphrase.fill(PASSPHRASE);
  await again.fill(PASSPHRASE);
  await expect(dialog.getByText('Very hard to guess.')).toBeVisible();

  await answerSaveDialog(app, null);
  await submit.click();
  await expect(submit, 'the question where to was cancelled').toBeEnabled();
  await answerSaveDialog(app, place);
  await submit.click();
  await expect(dialog).toBeHidden();
  await expect(settings.backup.getByRole('region', { name: 'New backup' })).toContainText(place);
  await expect(settings.backup).toContainText('The last backup was made on');
  expect(statSync(place).mode & 0o777).toBe(0o600);
  expect(readFileSync(place, 'latin1')).toMatch(/^age-encryption\.org\/v1\n/);
  expect(readdirSync(dirname(folder)).sort(), 'nothing beside it').toEqual(['all.age', 'data']);
  expect(query(folder, "SELECT count(*) AS n FROM audit WHERE action = 'installation.backup'")).toEqual([
    { n: 1 },
  ]);
  expect(await page.evaluate(() => window.keysmith.backups.last())).toMatchObject({
    ok: true,
    value: { due: false },
  });
  await settings.backup.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () =>
    app.evaluate(
      () => Reflect.get(globalThis, Symbol.for('electron-standin'))?.itemsShownInFolder as string[],
    );
  await expect.poll(shown).toEqual([place]);
});

test('whoever is no owner makes no backup', async ({ openSeeded }) => {
  const { app, page } = await openSeeded({ operators: { anna: 'admin' } }, { as: 'anna' });
  await answerSaveDialog(app, '/nowhere/at/all.age');
  const create = (passphrase: string) =>
    page.evaluate(text => window.keysmith.backups.create({ id: 'x', passphrase: text }), passphrase);
  expect(await create(PASSPHRASE)).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
});

test('a weak passphrase and a place that takes no file are refused by main', async ({ openSeeded }) => {
  const { app, page } = await openSeeded({ keys: 1 });
  await answerSaveDialog(app, '/nowhere/at/all.age');
  const create = (passphrase: string) =>
    page.evaluate(text => window.keysmith.backups.create({ id: 'x', passphrase: text }), passphrase);
  expect(await create('password1234')).toMatchObject({
    ok: false,
    error: { code: 'BACKUP_PASSPHRASE_WEAK', field: 'passphrase' },
  });
  expect(await create(PASSPHRASE)).toMatchObject({ ok: false, error: { code: 'FILE_UNWRITABLE' } });
});

test('the banner about a missing backup leads to Settings, and goes with a backup', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded({ keys: 2 });
  const banner = page.getByRole('region', { name: 'Needs attention' });
  await answerSaveDialog(app, join(dirname(folder), 'bundle'));
  await page.evaluate(() => window.keysmith.exports.bundle({ id: 'b', service: 'team-api', as: 'folder' }));
  await expect(banner).toContainText('There is no backup yet.');
  await banner.getByRole('button', { name: 'Back up' }).click();
  const settings = new SettingsPage(page);
  await expect(settings.heading).toBeVisible();
  await expect(banner).toContainText('There is no backup yet.');
  await expect(banner.getByRole('button'), 'it leads to where the admin is').toHaveCount(0);
  await answerSaveDialog(app, join(dirname(folder), 'all.age'));
  await settings.backup.getByRole('button', { name: 'Back up…' }).click();
  const dialog = settings.dialog('Back up');
  await dialog.getByLabel('Backup passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Backup passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Back up…' }).click();
  await expect(dialog).toBeHidden();
  await expect(banner).toHaveCount(0);
});

test('the dialog and the section are accessible in light and dark', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 1 });
  const settings = new SettingsPage(page);
  await answerSaveDialog(app, join(dirname(folder), 'all.age'));
  await settings.open();
  await settings.backup.getByRole('button', { name: 'Back up…' }).click();
  const dialog = settings.dialog('Back up');
  await dialog.getByLabel('Backup passphrase', { exact: true }).fill('password1');
  await expect(dialog.getByText(/add a word or two/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Back up…' }).click();
  await expectAccessible(page, 'the dialog, with mistakes');
  await showAsSystem(page);
  await pictures(app, page, 'backup-dialog');
  await dialog.getByLabel('Backup passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Backup passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Back up…' }).click();
  await expect(dialog).toBeHidden();
  await settings.backup.scrollIntoViewIfNeeded();
  await expectAccessible(page, 'the section after a backup');
  await showAsSystem(page);
  await pictures(app, page, 'backup-section');
});
