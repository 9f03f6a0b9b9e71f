import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';
import { pictures } from '../take-picture.ts';

const TEMPLATE = 'public-private-keys';

test('pictures of creating a key that is bound to addresses', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ template: TEMPLATE });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('support-widget');
  await form.permission('Create a session').check();
  await form.permission('Read session history').check();
  await pictures(app, page, 'create-private');
  await form.choosePublic();
  await form.ips.fill('192.0.2.7, 10.0.0.0/8, 10.0.0.5, 2001:db8::/32, 10.0.0.1/8, 300.1.1.1 ');
  await expect(form.tags).toHaveCount(5);
  await pictures(app, page, 'create-public-wrong-ips');
  await form.pasteIps(Array.from({ length: 400 }, (_, n) => `172.16.${n >> 7}.${(n & 127) * 2}`).join(' '));
  await pictures(app, page, 'create-many-ips');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Throw away the changes?' })).toBeVisible();
  await pictures(app, page, 'throw-away');
});

test('pictures of rotation, of a key in its grace period and of its end', async ({ openSeeded }) => {
  let old = '';
  const { app, page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 3,
    special: index =>
      [
        {
          name: 'depot-sync',
          permissions: ['technicians:list', 'devices:read'],
          allowedIps: '10.0.0.0/8, 192.0.2.7, 2001:db8::/32',
          keep: (token: string) => {
            old = token;
          },
        },
        { name: 'kiosk', kind: 'public' as const, permissions: ['sessions:create'] },
        { name: 'gone-by', expires: '2s' },
      ][index] ?? {},
  });
  await keys.act('depot-sync', 'Rotate…');
  await expect(keys.dialog(/^Rotate/)).toBeVisible();
  await pictures(app, page, 'rotate');
  await keys
    .dialog(/^Rotate/)
    .getByRole('button', { name: 'Rotate' })
    .click();
  const reveal = new RevealDialog(page);
  await expect(reveal.dialog).toBeVisible();
  await pictures(app, page, 'rotated');
  await reveal.confirm();
  await keys.act('depot-sync', 'Rotate…');
  const rotate = keys.dialog(/^Rotate/);
  await rotate.getByLabel('Grace period of the old secret').selectOption('custom');
  await rotate.getByLabel('Length of the grace period').fill('45');
  await rotate.getByRole('button', { name: 'Rotate' }).click();
  await pictures(app, page, 'rotate-again');
  await page.keyboard.press('Escape');
  await keys.row('depot-sync').click();
  await expect(page.getByRole('button', { name: 'End now…' })).toBeVisible();
  await pictures(app, page, 'panel-grace');
  await keys.search.evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, old);
  await expect(page.getByText(/Previous secret valid until/)).toBeVisible();
  await pictures(app, page, 'match-previous');
  await keys.search.press('Escape');
  await page.getByRole('tab', { name: 'History' }).click();
  await pictures(app, page, 'panel-history');
  await keys.act('depot-sync', 'End grace period…');
  await pictures(app, page, 'end-grace');
  await page.keyboard.press('Escape');

  await keys.act('kiosk', 'Rotate…');
  await keys
    .dialog(/^Rotate/)
    .getByRole('button', { name: 'Rotate' })
    .click();
  await expect(reveal.dialog).toBeVisible();
  await pictures(app, page, 'rotated-public');
  await reveal.done.click();
  await keys.act('depot-sync', 'Copy key ID');
  await expect(page.getByText('The key ID was copied.')).toBeVisible();
  await pictures(app, page, 'copied-id');
  await keys
    .row('kiosk')
    .getByRole('button', { name: /^Actions/ })
    .click();
  await pictures(app, page, 'menu-public');
  await page.keyboard.press('Escape');
  await keys.act('kiosk', 'Copy key');
  await expect(page.getByText(/The key kiosk was copied/)).toBeVisible();
  await pictures(app, page, 'copied-token');
  await expect(keys.row('gone-by')).toContainText('Expired', { timeout: 70_000 });
  await keys.act('gone-by', 'Enable…');
  await pictures(app, page, 'enable-expired');
});

test('pictures of creating a key of a service that has private keys only', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded();
  await keys.create.click();
  await expect(new KeyForm(page, 'Create key').name).toBeFocused();
  await pictures(app, page, 'create-private-only');
});

test('pictures of the settings of a service', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 2,
    special: () => ({ kind: 'public', permissions: ['sessions:create'] }),
  });
  const settings = new SettingsDialog(page);
  await settings.open('Support API');
  await pictures(app, page, 'settings-general');
  await settings.tab('Policy');
  await settings.dialog.getByLabel('Default').fill('2 years');
  await settings.save.click();
  await expect(settings.dialog.getByText(/longer than the maximum/)).toBeVisible();
  await pictures(app, page, 'settings-policy');
  await settings.tab('Catalog');
  await settings.dialog.getByRole('button', { name: 'Edit Create a session' }).click();
  const entry = page.getByRole('dialog', { name: 'Edit Create a session' });
  await entry.getByRole('checkbox', { name: 'Public-safe' }).uncheck();
  await pictures(app, page, 'settings-permission');
  await entry.getByRole('button', { name: 'Apply' }).click();
  await settings.save.click();
  await expect(settings.dialog.getByText(/no longer public-safe/)).toBeVisible();
  await pictures(app, page, 'settings-exposed');
  await settings.dialog.getByRole('button', { name: 'Remove Create a session' }).click();
  await settings.save.click();
  await expect(page.getByRole('dialog', { name: 'Leave out what keys hold?' })).toBeVisible();
  await pictures(app, page, 'settings-in-use');
  await page.keyboard.press('Escape');
  await settings.dialog.getByRole('button', { name: 'Undo changes' }).click();
  await settings.importCatalog('{"permissions":[{"id":"a b","title":""},{"id":"ok","titel":"x"}]}');
  await expect(settings.dialog.getByText(/The catalog has/)).toBeVisible();
  await pictures(app, page, 'settings-mistakes');
  await page.keyboard.press('Escape');
  await expect(settings.dialog).toBeHidden();
  await keys.rows.first().click();
  await expect(page.getByText(/This public key holds/)).toBeVisible();
  await pictures(app, page, 'panel-exposed');
  await page.getByRole('tab', { name: 'Permissions' }).click();
  await pictures(app, page, 'permissions-exposed');
});
