import { expect, test } from '../fixtures.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { pressItem } from '../press-item.ts';
import { seedName } from '../seed.ts';

test('create, save, find, open, revoke: by keyboard alone', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 30 });
  await expect(keys.row(seedName(29))).toBeVisible();
  await page.keyboard.press('ControlOrMeta+n');
  await expect(keys.dialog('Create key').getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('by-hand');
  await page.keyboard.press('Enter');
  const reveal = new RevealDialog(page);
  await expect(reveal.dialog).toBeVisible();
  await reveal.saved.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(reveal.done).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reveal.dialog).toBeHidden();
  await expect(keys.row('by-hand')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+f');
  await expect(keys.search).toBeFocused();
  await page.keyboard.type('by-hand');
  await expect(keys.rows).toHaveCount(1);
  await keys.row('by-hand').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'History' })).toBeVisible();
  await keys.row('by-hand').focus();
  await page.keyboard.press('Shift+F10');
  await expect(keys.menu).toBeVisible();
  await pressItem(keys.menu, 'Revoke…');
  const revoke = keys.dialog('Revoke key?');
  await expect(revoke.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(revoke).toBeHidden();
  await expect(keys.row('by-hand'), 'the focus is back where it was').toBeFocused();
});

test('arrows, Home, End and the page keys move through the list', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 250 });
  await keys.row(seedName(249)).focus();
  await page.keyboard.press('ArrowDown');
  await expect(keys.row(seedName(248))).toBeFocused();
  await page.keyboard.press('End');
  await expect(keys.row(seedName(0))).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(keys.row(seedName(1))).toBeFocused();
  await page.keyboard.press('Home');
  await expect(keys.row(seedName(249))).toBeFocused();
});

test('Escape ends a search within the dialog first, and days are judged as they are typed', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded();
  await keys.create.click();
  const dialog = keys.dialog('Create key');
  await dialog.getByLabel('Name', { exact: true }).fill('kept');
  await dialog.getByLabel('Search permissions').fill('people');
  await page.keyboard.press('Escape');
  await expect(dialog.getByLabel('Search permissions')).toHaveValue('');
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('kept');
  await dialog.getByLabel('Expires').selectOption('custom');
  for (const days of ['1.5', '-5', '0']) {
    await dialog.getByLabel('Days until it expires').fill(days);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await expect(dialog.getByText(/whole number of days/)).toBeVisible();
  }
});

test('a double click on Create key creates one key', async ({ openSeeded }) => {
  const { keys } = await openSeeded();
  await keys.create.click();
  const dialog = keys.dialog('Create key');
  await dialog.getByLabel('Name', { exact: true }).fill('once');
  await dialog.getByRole('button', { name: 'Create key' }).dblclick();
  const reveal = new RevealDialog(keys.page);
  await expect(reveal.dialog).toBeVisible();
  // The second click may come when the key is created, and land beside what shows its secret.
  await keys.page.mouse.move(8, 8);
  await keys.page.mouse.down({ clickCount: 2 });
  await keys.page.mouse.up({ clickCount: 2 });
  await expect(keys.page.getByRole('dialog')).toHaveCount(1);
  await reveal.confirm();
  await expect(keys.rows).toHaveCount(1);
});
