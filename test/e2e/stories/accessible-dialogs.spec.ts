import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';

// Axe reads every element of some fifteen screens in a test.
test.describe.configure({ timeout: 180_000 });

test('every dialog of public and private keys is accessible in light and dark', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({
    template: 'public-private-keys',
    keys: 4,
    special: index =>
      [
        { name: 'server', allowedIps: '10.0.0.0/8 192.0.2.7', permissions: ['devices:list'] },
        { name: 'widget', kind: 'public' as const, permissions: ['sessions:create'] },
        { name: 'gone-by', expires: '1s' },
        {
          name: 'bound',
          allowedIps: Array.from({ length: 40 }, (_, n) => `192.0.2.${n * 2}`).join(' '),
        },
      ][index] ?? {},
  });
  const reveal = new RevealDialog(page);
  const gone = expect(page.getByRole('dialog'));

  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('new');
  await form.permission('Read session history').check();
  await form.choosePublic();
  await form.ips.fill('10.0.0.0/8 10.0.0.5 10.0.0.1/8 ');
  await form.submit();
  await expect(form.dialog.getByRole('alert').first()).toContainText('has bits set beyond its mask');
  await expectAccessible(page, 'create, with a wrong address');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Throw away the changes?' })).toBeVisible();
  await expectAccessible(page, 'question about changes');
  await page.getByRole('button', { name: 'Throw away' }).click();
  await gone.toHaveCount(0);

  await keys.act('server', 'Rotate…');
  await expectAccessible(page, 'rotate');
  await keys.dialog('Rotate server').getByRole('button', { name: 'Rotate' }).click();
  await expect(reveal.dialog).toBeVisible();
  await expectAccessible(page, 'rotated');
  await reveal.confirm();
  await keys.act('server', 'Rotate…');
  const rotate = keys.dialog('Rotate server');
  await rotate.getByLabel('Grace period of the old secret').selectOption('custom');
  await rotate.getByLabel('Length of the grace period').fill('99');
  await rotate.getByRole('button', { name: 'Rotate' }).click();
  await expect(rotate.getByText(/is too long/)).toBeVisible();
  await expectAccessible(page, 'rotate again, with a mistake');
  await page.keyboard.press('Escape');
  await keys.act('server', 'End grace period…');
  await expectAccessible(page, 'end of a grace period');
  await page.keyboard.press('Escape');
  await keys.act('gone-by', 'Enable…');
  await expect(keys.dialog('Enable gone-by').getByLabel('Expires', { exact: true })).toBeVisible();
  await expectAccessible(page, 'enable');
  await page.keyboard.press('Escape');
  await gone.toHaveCount(0);
  await keys.act('server', 'Copy key ID');
  await expect(page.getByText('The key ID was copied.')).toBeVisible();
  await expectAccessible(page, 'copied ID');
  await keys.act('widget', 'Copy key');
  await expect(page.getByText('The key widget was copied.')).toBeVisible();
  await expectAccessible(page, 'copied key');
  await keys.row('bound').click();
  await expect(page.getByText('40 addresses and ranges')).toBeVisible();
  await expectAccessible(page, 'panel with many addresses');

  const settings = new SettingsDialog(page);
  await settings.open('Support API');
  await expectAccessible(page, 'settings, General');
  await settings.tab('Policy');
  await settings.dialog.getByLabel('Default').fill('soon');
  await settings.save.click();
  await expect(settings.dialog.getByText(/must be a duration/)).toBeVisible();
  await expectAccessible(page, 'settings, Policy');
  await settings.tab('Catalog');
  await settings.importCatalog('{"permissions":[{"id":"a b"}]}');
  await expect(settings.dialog.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'settings, Catalog');
  await settings.dialog.getByRole('button', { name: 'Edit Create a session' }).click();
  const entry = page.getByRole('dialog', { name: 'Edit Create a session' });
  await entry.getByRole('checkbox', { name: 'Public-safe' }).uncheck();
  await expectAccessible(page, 'permission');
  await entry.getByRole('button', { name: 'Apply' }).click();
  await settings.save.click();
  await expect(settings.dialog.getByText(/no longer public-safe/)).toBeVisible();
  await expectAccessible(page, 'settings, what is exposed');
  await settings.dialog.getByRole('button', { name: 'Remove Create a session' }).click();
  await settings.save.click();
  await expect(page.getByRole('dialog', { name: 'Leave out what keys hold?' })).toBeVisible();
  await expectAccessible(page, 'question about what keys hold');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Throw away' }).click();
  await gone.toHaveCount(0);
  await keys.row('widget').click();
  await expect(page.getByText(/This public key holds/)).toBeVisible();
  await expectAccessible(page, 'panel of an exposed key');
  await page.getByRole('tab', { name: 'Permissions' }).click();
  await expect(page.getByRole('tabpanel').getByText('Not public-safe')).toBeVisible();
  await expectAccessible(page, 'permissions of an exposed key');
});

test('keys with roles are accessible in light and dark', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({
    template: 'role-tokens',
    keys: 2,
    special: index => ({
      name: ['reporting', 'backup'][index] ?? '',
      roles: [{ role: 'cloud-account-viewer', accounts: ['prod-eu', 'prod-us'] }],
      addAccounts: true,
    }),
  });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('nightly');
  await form.chooseRole(1, 'Cloud Account Viewer');
  await form.submit();
  await expect(page.getByRole('option', { name: 'prod-eu' })).toBeVisible();
  await expectAccessible(page, 'role without accounts, and the list of accounts');
  await form.accounts(1).fill('staging');
  await form.accounts(1).press('Enter');
  await form.submit();
  const reveal = new RevealDialog(page);
  await reveal.show.click();
  await expectAccessible(page, 'token');
  await reveal.confirm();
  await page.getByRole('tab', { name: 'Roles' }).click();
  await keys.row('nightly').hover();
  await expectAccessible(page, 'list and panel with roles');

  await keys.act('nightly', 'Edit…');
  const edit = new KeyForm(page, 'Edit nightly');
  await edit.role(1).getByRole('checkbox', { name: 'All accounts' }).check();
  await edit.dialog.getByRole('radio', { name: 'Keep the old token' }).check();
  await expectAccessible(page, 'question about the token');
  await edit.submit();
  await page.getByRole('tab', { name: 'Main' }).click();
  await expect(page.getByText(/the token still says what it was before/)).toBeVisible();
  await expectAccessible(page, 'key with an old token');

  const settings = new SettingsDialog(page);
  await settings.open('Cloud API');
  await settings.tab('Catalog');
  await expectAccessible(page, 'roles of the catalog');
});
