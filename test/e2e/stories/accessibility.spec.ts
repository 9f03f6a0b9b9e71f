import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';
import { seedName } from '../seed.ts';

// Axe reads every element of some fifteen screens in a test.
test.describe.configure({ timeout: 180_000 });

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Numbers that are about to be replaced are dimmed for a moment.
  await expect(page.locator('[data-old]')).toHaveCount(0);
  // The page may not be left for axe's own blank one, as its newer way of working would.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' ')
          .slice(0, 300)}`,
    ),
    screen,
  ).toEqual([]);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen is accessible in ${scheme}`, async ({ openSeeded }) => {
    const { app, page, keys } = await openSeeded({
      keys: 12,
      special: index =>
        index === 11 ? { name: 'not-saved', keep: undefined } : { expires: index % 2 ? '90d' : 'never' },
    });
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expect(keys.row('not-saved')).toBeVisible();
    await expectAccessible(page, 'list');

    await keys.row('not-saved').click();
    await expect(page.getByRole('tab', { name: 'Permissions' })).toBeVisible();
    for (const tab of ['Main', 'Permissions', 'History']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page, `information panel, ${tab}`);
    }
    for (const item of ['Edit…', 'Rename…', 'Create like this…', 'New secret…', 'Revoke…', 'Remove…']) {
      await keys.act('not-saved', item);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, item);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await keys.row(seedName(3)).click({ button: 'right' });
    await expect(keys.menu).toBeVisible();
    await expectAccessible(page, 'row menu');
    await page.keyboard.press('Escape');

    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'command palette');
    await page.keyboard.press('Escape');

    await page.getByRole('navigation').getByRole('button', { name: 'New service' }).click();
    await expect(page.getByRole('dialog', { name: 'New service' })).toBeVisible();
    await expectAccessible(page, 'new service');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    const reveal = await keys.createKey({ name: 'shown' });
    await expectAccessible(page, 'reveal');
    await reveal.show.click();
    await expectAccessible(page, 'reveal, shown');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Close without saving?' })).toBeVisible();
    await expectAccessible(page, 'leave question');
    await page
      .getByRole('dialog', { name: 'Close without saving?' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await reveal.confirm();

    await keys.search.fill('nothing at all');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await expectAccessible(page, 'nothing found');
  });

  test(`filters, selection and changes of several keys are accessible in ${scheme}`, async ({
    openSeeded,
  }) => {
    const { app, page, keys } = await openSeeded({
      keys: 14,
      template: 'public-private-keys',
      special: index => ({ allowedIps: index % 2 ? '10.0.0.0/8' : '' }),
      age: index => (index === 13 ? 120 * 86_400 : 0),
    });
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expect(keys.row(seedName(13))).toContainText('Rotation overdue');
    await keys.filter.address.fill('no address');
    await keys.filter.address.press('Enter');
    await keys.filter.choice('Kind', 'Private').check();
    await keys.filter.expectCount('Allowed IPs', 'Set', '7');
    await expectAccessible(page, 'filter panel');

    await keys.search.fill('10.1.2.3');
    await expect(page.getByRole('region', { name: 'Address: 10.1.2.3' })).toBeVisible();
    await expectAccessible(page, 'address that was searched');
    await keys.search.fill('');

    await keys.tick(seedName(12)).click();
    await expect(keys.tools.getByRole('button', { name: 'Edit…' })).toBeVisible();
    await expectAccessible(page, 'toolbar of one');
    await page.evaluate(name => window.keysmith.keys.revoke({ key: `support-api/${name}` }), seedName(12));
    await page.getByRole('checkbox', { name: 'Select all keys' }).click();
    await expectAccessible(page, 'toolbar of several');
    for (const item of ['Enable…', 'Extend expiry…', 'Revoke…', 'Remove…']) {
      const bulk = await keys.changeSelected(item);
      await expectAccessible(page, item);
      await bulk.cancel.click();
      await expect(bulk.dialog).toBeHidden();
    }
    const disable = await keys.changeSelected('Disable…');
    await disable.number.fill('14');
    await disable.change.click();
    await expect(disable.refusals).toHaveCount(1);
    await expectAccessible(page, 'refusals');
    await disable.cancel.click();

    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(960, 600));
    await page.getByRole('button', { name: /^Filter/ }).click();
    await expect(page.getByRole('dialog', { name: 'Filter' })).toBeVisible();
    await expectAccessible(page, 'filter in a popover');
  });

  test(`every dialog of public and private keys is accessible in ${scheme}`, async ({ openSeeded }) => {
    const { app, page, keys } = await openSeeded({
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
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
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

  test(`first run and failures are accessible in ${scheme}`, async ({ open }) => {
    const { app, page } = await open();
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.getByRole('button', { name: 'Create installation' })).toBeVisible();
    await page.getByRole('button', { name: 'More about the first service' }).click();
    await expectAccessible(page, 'first run');
    await page.getByRole('button', { name: 'Create installation' }).click();
    await expectAccessible(page, 'first run with a mistake');
  });
}
