import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { contentsOf } from '../page-contents.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';

const TEMPLATE = 'role-tokens';
const VIEWER = [{ role: 'global-viewer', accounts: null }];

const _credentials = (folder: string) =>
  query(folder, 'SELECT id, state, refused_reason FROM credential ORDER BY ref');

test('rows offer to edit and to remove a key, by mouse and by keyboard', async ({ openSeeded, folder }) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 2,
    special: index => ({ name: ['reporting', 'backup'][index] ?? '', roles: VIEWER }),
  });
  const edit = keys.row('reporting').getByRole('button', { name: 'Edit access key reporting' });
  const remove = keys.row('reporting').getByRole('button', { name: 'Remove access key reporting' });
  const opacity = () => edit.evaluate(button => getComputedStyle(button.parentElement ?? button).opacity);
  const width = () => keys.row('reporting').evaluate(row => row.scrollWidth);
  await keys.search.hover();
  const before = await width();
  await expect.poll(opacity).toBe('0');
  await keys.row('reporting').hover();
  await expect.poll(opacity).toBe('1');
  expect(await width()).toBe(before);
  await edit.click();
  await expect(page.getByRole('dialog', { name: 'Edit reporting' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await keys.search.hover();
  await keys.row('reporting').press('ArrowUp');
  await keys.row('reporting').focus();
  await expect.poll(opacity).toBe('1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(edit).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog', { name: /^Remove/ })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(keys.row('reporting')).toHaveCount(0);
  expect(query(folder, 'SELECT name FROM key')).toEqual([{ name: 'backup' }]);
  await keys
    .row('backup')
    .getByRole('button', { name: /^Actions/ })
    .click();
  await expect(keys.menu.getByRole('menuitem', { name: 'Reissue token…' })).toBeVisible();
  await expect(keys.menu.getByRole('menuitem', { name: 'Rename…' })).toHaveCount(0);
});

test('the list is narrowed by role', async ({ openSeeded }) => {
  const { keys } = await openSeeded({
    template: TEMPLATE,
    keys: 3,
    special: index => ({
      name: ['one', 'two', 'three'][index] ?? '',
      roles:
        index === 2
          ? [...VIEWER, { role: 'cloud-account-viewer', accounts: ['acc-1', 'acc-2'] }]
          : [{ role: 'global-admin', accounts: null }],
      addAccounts: true,
    }),
  });
  await keys.filter.expectCount('Role', 'Global Admin', '2');
  await keys.filter.expectCount('Role', 'Cloud Account Viewer', '1');
  await expect(keys.filter.group('Permission')).toHaveCount(0);
  await keys.filter.choice('Role', 'Cloud Account Viewer').check();
  await expect(keys.rows).toHaveCount(1);
  await expect(keys.row('three')).toContainText('Cloud Account Viewer· 2 accounts+1');
});

test('a pasted token finds its key and does not stay in the field', async ({ openSeeded }) => {
  let token = '';
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 2,
    special: index => ({
      name: ['reporting', 'backup'][index] ?? '',
      roles: VIEWER,
      keep: each => {
        if (index === 0) token = each;
      },
    }),
  });
  await keys.search.evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `Authorization: Bearer ${token}`);
  const match = page.getByRole('region', { name: 'Match: reporting' });
  await expect(match).toContainText('This is the secret of reporting.');
  await expect(keys.search).toHaveValue('');
  expect(await contentsOf(page)).not.toContain(token.slice(0, 40));
  await match.getByRole('button', { name: 'Show key' }).click();
  await expect(page.getByRole('complementary', { name: 'Key information' })).toContainText('reporting');
});

test('roles and accounts of the catalog are added, edited and removed', async ({ openSeeded, folder }) => {
  const { page } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ roles: [{ role: 'cloud-account-viewer', accounts: ['acc-1'] }], addAccounts: true }),
  });
  const settings = new SettingsDialog(page);
  await settings.open('Cloud API');
  await settings.tab('Catalog');
  const parts = settings.dialog.getByRole('radiogroup', { name: 'Part of the catalog' });
  await expect(parts.getByRole('radio', { name: 'Roles · 3' })).toBeChecked();
  await settings.dialog.getByRole('button', { name: 'Add role' }).click();
  const role = page.getByRole('dialog', { name: 'Add role' });
  await role.getByLabel('ID').fill('billing-viewer');
  await role.getByLabel('Title').fill('Billing Viewer');
  await role.getByLabel('Description').fill('See what the chosen accounts cost.');
  await role.getByRole('checkbox', { name: 'Scoped' }).check();
  await role.getByRole('button', { name: 'Add' }).click();
  await settings.dialog.getByText('Accounts · 1').click();
  await settings.dialog.getByRole('button', { name: 'Edit acc-1' }).click();
  const account = page.getByRole('dialog', { name: 'Edit acc-1' });
  await account.getByLabel('Title').fill('Production EU');
  await account.getByRole('button', { name: 'Apply' }).click();
  await settings.save.click();
  await expect
    .poll(() =>
      query(
        folder,
        "SELECT id, title, scoped FROM catalog WHERE id IN ('acc-1', 'billing-viewer') ORDER BY id",
      ),
    )
    .toEqual([
      { id: 'acc-1', title: 'Production EU', scoped: 0 },
      { id: 'billing-viewer', title: 'Billing Viewer', scoped: 1 },
    ]);
  await settings.dialog.getByRole('button', { name: 'Remove Production EU' }).click();
  await settings.save.click();
  const question = page.getByRole('dialog', { name: 'Leave out what keys hold?' });
  await expect(question).toContainText('account acc-1 (1 key)');
  await question.getByRole('button', { name: 'Save anyway' }).click();
  await expect(question).toBeHidden();
  await expect(parts.getByRole('radio', { name: 'Accounts · 0' })).toBeChecked();
});
