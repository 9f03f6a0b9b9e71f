import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { seedName } from '../seed.ts';

// Axe reads every element of some fifteen screens in a test.
test.describe.configure({ timeout: 180_000 });

test('every screen is accessible in light and dark', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({
    keys: 12,
    special: index =>
      index === 11 ? { name: 'not-saved', keep: undefined } : { expires: index % 2 ? '90d' : 'never' },
  });
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

test('filters, selection and changes of several keys are accessible in light and dark', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded({
    keys: 14,
    template: 'public-private-keys',
    special: index => ({ allowedIps: index % 2 ? '10.0.0.0/8' : '' }),
    age: index => (index === 13 ? 120 * 86_400 : 0),
  });
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

test('first run and failures are accessible in light and dark', async ({ open }) => {
  const { page } = await open();
  await expect(page.getByRole('button', { name: 'Create installation' })).toBeVisible();
  await page.getByRole('button', { name: 'More about the first service' }).click();
  await expectAccessible(page, 'first run');
  await page.getByRole('button', { name: 'Create installation' }).click();
  await expectAccessible(page, 'first run with a mistake');
});
