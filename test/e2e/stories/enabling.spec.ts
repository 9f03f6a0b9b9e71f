import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';

const TEMPLATE = 'public-private-keys';

test('a key is disabled and enabled at once, and the list says from when services notice', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'kiosk' }),
  });
  await keys.act('kiosk', 'Disable');
  await expect(
    page.getByText('kiosk is disabled. Services refuse it from the next bundle on.'),
  ).toBeVisible();
  await expect(keys.row('kiosk')).toContainText('Disabled');
  expect(query(folder, 'SELECT status FROM key')).toEqual([{ status: 'disabled' }]);
  await keys.act('kiosk', 'Enable');
  await expect(page.getByText('kiosk is enabled. Services accept it from the next bundle on.')).toBeVisible();
  await expect(keys.row('kiosk')).toContainText('Active');
  expect(query(folder, 'SELECT status FROM key')).toEqual([{ status: 'active' }]);
  await keys.row('kiosk').click();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText(/^Disabled by/)).toBeVisible();
  await expect(page.getByText(/^Enabled by/)).toBeVisible();
});

test('an expired key is enabled with a new expiry that the policy allows, and is not rotated', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'kiosk', expires: '1s' }),
  });
  await expect(keys.row('kiosk')).toContainText('Expired');
  await keys
    .row('kiosk')
    .getByRole('button', { name: /^Actions/ })
    .click();
  await expect(keys.menu.getByRole('menuitem', { name: 'Enable…' })).toBeVisible();
  await expect(keys.menu.getByRole('menuitem', { name: 'Rotate…' })).toHaveCount(0);
  await keys.menu.getByRole('menuitem', { name: 'Enable…' }).click();
  const form = new KeyForm(page, 'Enable kiosk');
  await expect(form.expires).toHaveValue('P1Y');
  await form.expires.selectOption('custom');
  await form.dialog.getByLabel('Days until it expires').fill('400');
  await form.dialog.getByRole('button', { name: 'Enable' }).click();
  await expect(form.dialog.getByText(/This service allows at the latest/)).toBeVisible();
  expect(query(folder, 'SELECT expires_at - created_at AS life FROM key')).toEqual([{ life: 1 }]);
  await form.expires.selectOption('P30D');
  await form.dialog.getByRole('button', { name: 'Enable' }).click();
  await expect(form.dialog).toBeHidden();
  await expect(keys.row('kiosk')).toContainText('Active');
  await expect(page.getByText(/kiosk is enabled until/)).toBeVisible();
});
