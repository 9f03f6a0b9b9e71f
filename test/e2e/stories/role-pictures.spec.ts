import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';
import { pictures } from '../take-picture.ts';

test('pictures of keys with roles: picker, token, list, panel, edit and catalog', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({
    template: 'role-tokens',
    keys: 6,
    special: index => ({
      name: ['reporting', 'backup', 'audit-export', 'fleet', 'billing', 'terraform'][index] ?? '',
      expires: index === 3 ? 'P1M' : 'P6M',
      roles:
        index % 2 === 0
          ? [{ role: 'cloud-account-viewer', accounts: index === 2 ? '*' : ['prod-eu', 'prod-us'] }]
          : [
              { role: 'global-viewer', accounts: null },
              { role: 'cloud-account-viewer', accounts: ['prod-eu'] },
            ],
      addAccounts: true,
    }),
  });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('nightly-report');
  await pictures(app, page, 'roles-empty');
  await form.chooseRole(1, 'Global Viewer');
  await form.dialog.getByRole('button', { name: 'Add another role' }).click();
  await form.chooseRole(2, 'Cloud Account Viewer');
  await form.submit();
  await expect(form.dialog.getByText(/none was named/)).toBeVisible();
  await pictures(app, page, 'roles-refused');
  await form.accounts(2).fill('prod-eu');
  await form.accounts(2).press('Enter');
  await form.accounts(2).fill('staging-ap');
  await form.accounts(2).press('Enter');
  await form.name.focus();
  await form.dialog.getByRole('button', { name: 'Add another role' }).scrollIntoViewIfNeeded();
  await pictures(app, page, 'roles-accounts');
  await form.submit();
  const reveal = new RevealDialog(page);
  await expect(reveal.dialog).toBeVisible();
  await pictures(app, page, 'token-masked');
  await reveal.show.click();
  await pictures(app, page, 'token-shown');
  await reveal.confirm();
  await page.getByRole('button', { name: 'Close information' }).click();
  await keys.row('reporting').hover();
  await pictures(app, page, 'roles-list');
  await keys.row('reporting').click();
  await page.getByRole('tab', { name: 'Roles' }).click();
  await pictures(app, page, 'roles-panel');

  await keys.act('backup', 'Edit…');
  const edit = new KeyForm(page, 'Edit backup');
  await edit.role(1).getByRole('checkbox', { name: 'All accounts' }).check();
  await edit.dialog.getByRole('radio', { name: 'Keep the old token' }).check();
  await pictures(app, page, 'roles-edit');
  await edit.submit();
  await expect(keys.row('backup')).toContainText('Token older');
  await keys.row('backup').getByText('backup', { exact: true }).click();
  await page.getByRole('tab', { name: 'Main' }).click();
  await pictures(app, page, 'token-stale');
  const settings = new SettingsDialog(page);
  await settings.open('Cloud API');
  await settings.tab('Catalog');
  await pictures(app, page, 'catalog-roles');
});
