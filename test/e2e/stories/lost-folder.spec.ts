import { existsSync, renameSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { SEED_PASSPHRASE } from '../seed.ts';

test('a data folder that is moved away while the window is open is said at once, and opens again when it is back', async ({
  folder,
  openSeeded,
}) => {
  test.skip(process.platform === 'win32', 'Windows moves no folder of which a file is open');
  const { app, page, keys } = await openSeeded({ keys: 2 });
  const reveal = await keys.createKey({ name: 'acknowledged' });
  await reveal.confirm();
  await keys.create.click();
  await page.getByLabel('Name', { exact: true }).fill('never there');
  const elsewhere = `${folder}.elsewhere`;
  renameSync(folder, elsewhere);
  await expect(page.getByRole('heading', { name: 'The database is gone' })).toBeVisible();
  await expect(page.getByText(/was deleted or moved away while Keysmith had it open/)).toBeVisible();

  const retry = page.getByRole('button', { name: 'Retry' });
  await retry.click();
  await expect(retry).toBeEnabled();
  await expect(page.getByRole('heading', { name: 'The database is gone' })).toBeVisible();
  expect(existsSync(`${folder}/keysmith.db`), 'it is no first run').toBe(false);
  expect(existsSync(`${folder}/config.json`)).toBe(false);

  renameSync(elsewhere, folder);
  await retry.click();
  await page.getByLabel('Passphrase').fill(SEED_PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(keys.rows).toHaveCount(3);
  await expect(keys.row('acknowledged')).toBeVisible();
  await app.close();
});
