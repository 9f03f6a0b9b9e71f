import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';

const TEMPLATE = 'public-private-keys';

test('a service is renamed, and its policy decides what the create dialog offers', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  const settings = new SettingsDialog(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('textbox').fill('Settings of Support');
  await expect(page.getByRole('dialog').getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(settings.dialog).toBeVisible();
  await settings.dialog.getByLabel('Title').fill('Helpdesk API');
  await settings.dialog.getByLabel('Token prefix').fill('1x');
  await settings.save.click();
  await expect(settings.dialog.getByText(/The token prefix "1x" cannot be used/)).toBeVisible();
  await expect(settings.dialog.getByLabel('Token prefix')).toBeFocused();
  await settings.dialog.getByLabel('Token prefix').fill('hd');
  await settings.save.click();
  await expect(page.getByText('The settings of Helpdesk API were saved.')).toBeVisible();
  expect(query(folder, 'SELECT title, prefix FROM service')).toEqual([
    { title: 'Helpdesk API', prefix: 'hd' },
  ]);

  await settings.tab('Policy');
  for (const kind of ['Private keys', 'Public keys'])
    await settings.dialog.getByRole('checkbox', { name: kind }).uncheck();
  await settings.save.click();
  await expect(settings.dialog.getByText(/kinds must allow at least one kind/)).toBeVisible();
  await expect(settings.dialog.getByRole('checkbox', { name: 'Private keys' })).toBeFocused();
  for (const kind of ['Private keys', 'Public keys'])
    await settings.dialog.getByRole('checkbox', { name: kind }).check();
  await settings.dialog.getByLabel('At the latest after').fill('3 months');
  await settings.save.click();
  await expect(settings.dialog.getByText(/expiry\.default P1Y is longer than the maximum P3M/)).toBeVisible();
  await expect(settings.dialog.getByLabel('Default')).toBeFocused();
  await settings.dialog.getByLabel('Default').fill('30 days');
  await settings.dialog.getByLabel('Choices').fill('30 days, soon');
  await settings.save.click();
  await expect(settings.dialog.getByText(/expiry\.choices\.1 must be a duration/)).toBeVisible();
  await settings.dialog.getByLabel('Choices').fill('30 days, 12 weeks');
  await settings.dialog.getByRole('checkbox', { name: 'Public keys' }).uncheck();
  await settings.dialog.getByRole('checkbox', { name: /bound to IP/ }).uncheck();
  await settings.save.click();
  await expect(page.getByText('The policy of Helpdesk API was saved.')).toBeVisible();
  const [row] = query(folder, 'SELECT policy FROM service');
  expect(JSON.parse(String(row?.policy))).toMatchObject({
    kinds: ['private'],
    allowed_ips: false,
    expiry: { required: true, default: 'P30D', max: 'P3M', choices: ['P30D', 'P12W'] },
  });
  await page.keyboard.press('Escape');
  await expect(settings.dialog).toBeHidden();

  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await expect(form.expires).toHaveValue('P30D');
  await expect(form.dialog.getByText(/This service has no public keys/)).toBeVisible();
  await expect(form.dialog.getByText(/binds no keys to addresses/)).toBeVisible();
  await expect(form.ips).toHaveCount(0);
});

test('permissions are added, edited and removed; what keys hold goes only after a question', async ({
  openSeeded,
  folder,
}) => {
  const { page } = await openSeeded({
    template: TEMPLATE,
    keys: 3,
    special: () => ({ kind: 'public', permissions: ['sessions:create'] }),
  });
  const settings = new SettingsDialog(page);
  await settings.open('Support API');
  await settings.tab('Catalog');
  await expect(settings.entries).toHaveCount(13);
  await settings.dialog.getByRole('button', { name: 'Add permission' }).click();
  const added = page.getByRole('dialog', { name: 'Add permission' });
  await added.getByLabel('ID').fill('reports read');
  await added.getByLabel('Title').fill('Read reports');
  await added.getByRole('button', { name: 'Add' }).click();
  await settings.save.click();
  await expect(settings.dialog.getByRole('alert')).toContainText(
    'permissions[13].id: must be 1 to 64 characters',
  );
  await settings.dialog.getByRole('button', { name: 'Edit Read reports' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit Read reports' });
  await edit.getByLabel('ID').fill('reports:read');
  await edit.getByRole('button', { name: 'Apply' }).click();
  await settings.save.click();
  const offered = () =>
    query(
      folder,
      "SELECT id FROM catalog WHERE removed = 0 AND id IN ('reports:read', 'sessions:create')",
    ).map(({ id }) => id);
  await expect.poll(offered).toEqual(['sessions:create', 'reports:read']);

  await settings.dialog.getByRole('button', { name: 'Edit Create a session' }).click();
  const session = page.getByRole('dialog', { name: 'Edit Create a session' });
  await expect(session.getByLabel('ID')).toHaveAttribute('readonly');
  await session.getByRole('checkbox', { name: 'Public-safe' }).uncheck();
  await session.getByRole('button', { name: 'Apply' }).click();
  await settings.save.click();
  await expect(settings.dialog.getByRole('status')).toContainText(
    '3 public keys hold sessions:create, which is no longer public-safe.',
  );

  await settings.dialog.getByRole('button', { name: 'Remove Create a session' }).click();
  await settings.save.click();
  const question = page.getByRole('dialog', { name: 'Leave out what keys hold?' });
  await expect(question).toContainText('permission sessions:create (3 keys)');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(offered()).toEqual(['sessions:create', 'reports:read']);
  await settings.save.click();
  await question.getByRole('button', { name: 'Save anyway' }).click();
  await expect(question).toBeHidden();
  await expect(settings.dialog.getByRole('status')).toContainText(
    '3 public keys hold sessions:create, which is no longer in the catalog.',
  );
  expect(offered()).toEqual(['reports:read']);
});

test('a catalog is imported from a file, which is refused with every mistake', async ({
  openSeeded,
  folder,
}) => {
  const { page } = await openSeeded({ template: TEMPLATE });
  const settings = new SettingsDialog(page);
  await settings.open('Support API');
  await settings.tab('Catalog');
  const alert = settings.dialog.getByRole('alert');
  await settings.importCatalog('{"permissions": [');
  await expect(alert).toContainText('The catalog is not JSON.');
  await settings.importCatalog('{"permissions":[{"id":"a b","title":""},{"id":"c","titel":"C"}]}');
  for (const path of ['permissions[0].id', 'permissions[0].title', 'permissions[1].title', 'permissions[1]'])
    await expect(alert.getByRole('listitem').filter({ hasText: `${path}:` })).toBeVisible();
  await settings.importCatalog('{"permissions":[{"id":"pings:send","title":"Send pings"}]}');
  await expect(settings.entries).toHaveCount(1);
  await expect(settings.entries).toContainText('Send pings');
  expect(query(folder, 'SELECT id FROM catalog WHERE removed = 0')).toEqual([{ id: 'pings:send' }]);

  const roles = { roles: [{ id: 'viewer', title: 'Viewer' }], accounts: [{ id: 'north', title: 'North' }] };
  await settings.importCatalog(JSON.stringify({ permissions: [], ...roles }));
  await expect(settings.dialog.getByText('The catalog has no permissions yet.')).toBeVisible();
  await settings.dialog.getByRole('button', { name: 'Add permission' }).click();
  const added = page.getByRole('dialog', { name: 'Add permission' });
  await added.getByLabel('ID').fill('reports:read');
  await added.getByLabel('Title').fill('Read reports');
  await added.getByRole('button', { name: 'Add' }).click();
  await settings.save.click();
  await expect
    .poll(() => query(folder, 'SELECT type, id FROM catalog WHERE removed = 0 ORDER BY id'))
    .toEqual([
      { type: 'account', id: 'north' },
      { type: 'permission', id: 'reports:read' },
      { type: 'role', id: 'viewer' },
    ]);
});
