import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { query } from '../database.ts';
import { expectAccessible, showAsSystem } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { KeysPage } from '../pages/keys-page.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { SEED_PASSPHRASE } from '../seed.ts';
import { pictures } from '../take-picture.ts';

const PASSPHRASE = 'eleven slow barges upstream';

/** Answers the question which file, and keeps what main says in a message of its own. */
async function answerOpenDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({
      canceled: filePath === null,
      filePaths: filePath === null ? [] : [filePath],
    });
    dialog.showMessageBox = async (...given: unknown[]) => {
      Reflect.set(globalThis, 'said', given.at(-1));
      return { response: 0, checkboxChecked: false };
    };
  }, path);
}

const said = (app: ElectronApplication) =>
  app.evaluate(() => Reflect.get(globalThis, 'said') as { message: string; detail: string } | undefined);

test('a backup is restored in the window: over what is there, and where there is nothing yet', async ({
  open,
  folder,
  keychain,
}) => {
  test.skip(Object.keys(keychain).length === 0 && process.platform === 'linux', 'there is no keychain');
  test.setTimeout(120_000);
  const place = join(dirname(folder), 'all.age');
  const { app, page } = await open();
  await page.getByLabel('Installation name').fill('Depot');
  await page.getByRole('radio', { name: /Team access keys/ }).check();
  await page.getByRole('button', { name: 'Create installation' }).click();
  const keys = new KeysPage(page);
  await keys.search.waitFor();
  for (const name of ['stays', 'goes']) await (await keys.createKey({ name })).confirm();
  await answerSaveDialog(app, place);
  const made = await page.evaluate(
    passphrase => window.keysmith.backups.create({ id: 'b', passphrase }),
    PASSPHRASE,
  );
  expect(made).toMatchObject({ ok: true, value: { path: place } });
  await keys.act('goes', 'Revoke…');
  await keys.dialog('Revoke key?').getByRole('button', { name: 'Revoke' }).click();
  await expect(keys.row('goes')).toContainText('Revoked');
  await (await keys.createKey({ name: 'unknown' })).confirm();

  const settings = new SettingsPage(page);
  await settings.open();
  await settings.backup.getByRole('button', { name: 'Restore a backup…' }).click();
  const dialog = settings.dialog('Restore a backup');
  const restore = dialog.getByRole('button', { name: 'Restore…' });
  const passphrase = dialog.getByLabel('Passphrase of the backup');
  await expect(dialog).toContainText('The installation Depot is replaced by the state of the backup.');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(restore).toBeDisabled();
  await expectAccessible(page, 'restore');
  await showAsSystem(page);
  await pictures(app, page, 'restore-dialog');
  await answerOpenDialog(app, null);
  await passphrase.fill('not this one at all');
  await restore.click();
  await expect(restore, 'the question which was cancelled').toBeEnabled();
  await answerOpenDialog(app, place);
  await restore.click();
  await expect(dialog.getByRole('alert')).toContainText('The passphrase does not open the backup.');
  expect(await page.evaluate(() => window.keysmith.keys.count({})), 'it is open').toMatchObject({
    ok: true,
  });
  expect(query(folder, "SELECT 1 FROM audit WHERE action = 'installation.restore'")).toEqual([]);

  await page.evaluate(() => Reflect.set(globalThis, 'before', true));
  await passphrase.fill(PASSPHRASE);
  await restore.click();
  await expect.poll(() => said(app)).toMatchObject({ message: 'The backup was restored.' });
  expect((await said(app))?.detail).toContain('1 key that was revoked after the backup stays revoked.');
  await expect(keys.row('goes')).toContainText('Revoked');
  await expect(keys.row('stays')).toContainText('Active');
  await expect(keys.row('unknown')).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.has(globalThis, 'before')), 'the page is another').toBe(false);
  expect(readdirSync(folder).filter(name => name.startsWith('replaced-'))).toHaveLength(1);
  expect(query(folder, "SELECT count(*) AS n FROM audit WHERE action = 'installation.restore'")).toEqual([
    { n: 1 },
  ]);
  await app.close();

  const other = join(dirname(folder), 'other');
  const fresh = await open({ env: { KEYSMITH_HOME: other } });
  await answerOpenDialog(fresh.app, place);
  await fresh.page.getByRole('button', { name: 'Restore a backup instead…' }).click();
  const first = fresh.page.getByRole('dialog', { name: 'Restore a backup' });
  await expect(first).toContainText('The installation of the backup is put here');
  await first.getByLabel('Passphrase of the backup').fill(PASSPHRASE);
  await first.getByRole('button', { name: 'Restore…' }).click();
  const there = new KeysPage(fresh.page);
  await expect(there.row('stays')).toContainText('Active');
  expect((await said(fresh.app))?.detail).toContain('Depot is as it was at');
});

test('behind a lock, a restore ends at the lock, whether it was done or refused', async ({
  open,
  folder,
  keychain,
}) => {
  test.skip(Object.keys(keychain).length === 0 && process.platform === 'linux', 'there is no keychain');
  const place = join(dirname(folder), 'all.age');
  const { app, page } = await open();
  await page.getByLabel('Installation name').fill('Depot');
  await page.getByRole('button', { name: 'Create installation' }).click();
  await new KeysPage(page).search.waitFor();
  await page.evaluate(passphrase => window.keysmith.lock.on({ passphrase }), SEED_PASSPHRASE);
  await answerSaveDialog(app, place);
  await page.evaluate(passphrase => window.keysmith.backups.create({ id: 'b', passphrase }), PASSPHRASE);
  const lock = new LockScreen(page);
  const settings = new SettingsPage(page);
  async function restore(path: string) {
    await answerOpenDialog(app, path);
    await settings.open();
    await settings.backup.getByRole('button', { name: 'Restore a backup…' }).click();
    const dialog = settings.dialog('Restore a backup');
    await dialog.getByLabel('Passphrase of the backup').fill(PASSPHRASE);
    await dialog.getByRole('button', { name: 'Restore…' }).click();
    await expect(lock.passphrase).toBeVisible();
  }
  const cut = join(dirname(folder), 'cut.age');
  writeFileSync(cut, readFileSync(place).subarray(0, 70_000));
  await restore(cut);
  await expect.poll(() => said(app)).toMatchObject({ message: 'The backup was not restored.' });
  expect((await said(app))?.detail).toContain('is damaged or was cut off');
  await lock.unlock(SEED_PASSPHRASE);
  await restore(place);
  await expect.poll(() => said(app)).toMatchObject({ message: 'The backup was restored.' });
  await lock.unlock(SEED_PASSPHRASE);
  await expect(settings.you).toContainText('owner');
});

test('only owners restore', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ operators: { anna: 'admin' } }, { as: 'anna' });
  await answerOpenDialog(app, join(dirname(folder), 'all.age'));
  expect(
    await page.evaluate(() => window.keysmith.backups.restore({ id: 'x', passphrase: 'any' })),
  ).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
  expect(await page.evaluate(() => window.keysmith.services.list())).toMatchObject({ ok: true });
});

test('nothing is restored over a vault behind a passphrase, or while it is locked', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded({ lock: true });
  await answerOpenDialog(app, join(dirname(folder), 'all.age'));
  const restore = () => page.evaluate(() => window.keysmith.backups.restore({ id: 'x', passphrase: 'any' }));
  expect(await restore()).toMatchObject({ ok: false, error: { code: 'VAULT_PASSPHRASE_REQUIRED' } });
  await new SettingsPage(page).choose('Lock now');
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  expect(await restore()).toMatchObject({ ok: false, error: { code: 'LOCKED' } });
});
