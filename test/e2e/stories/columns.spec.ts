import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { KeysPage } from '../pages/keys-page.ts';
import { SEED_PASSPHRASE, seedName } from '../seed.ts';

async function widen(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1920, 1080));
}

/** How the values of each column are compared, from small to large. */
const RANKS: Readonly<Record<string, (value: string) => string | number>> = {
  Status: value => ['Active', 'Disabled', 'Expired', 'Revoked'].findIndex(word => value.startsWith(word)),
  Name: value => value,
  'Key ID': value => value.replaceAll(/\s/g, ''),
  Service: value => value,
  Kind: value => value,
  Created: value => Date.parse(value),
  Expires: value =>
    value === 'Never' ? Number.POSITIVE_INFINITY : Date.parse(value.split(/\s(in|next)\s/)[0] ?? ''),
  'Last four': value => value.replaceAll(/[^0-9A-Za-z]/g, ''),
};

test('every column sorts the list, in both directions', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({
    keys: 9,
    also: ['public-private-keys'],
    special: index => ({
      ...(index % 3 === 0
        ? { service: 'support-api', kind: 'public' as const, permissions: ['sessions:create'] }
        : { permissions: index % 2 ? ['computers:read'] : ['groups:read'] }),
      expires: ['40d', '90d', 'P6M', '200d'][index % 4],
    }),
    age: index => index * 90_000,
  });
  await widen(app);
  await page.evaluate(name => window.keysmith.keys.disable({ key: `team-api/${name}` }), seedName(4));
  await page.evaluate(name => window.keysmith.keys.revoke({ key: `team-api/${name}` }), seedName(7));
  await expect(keys.row(seedName(7))).toContainText('Revoked');

  for (const [name, rank] of Object.entries(RANKS)) {
    const column = keys.column(name);
    await column.focus();
    await page.keyboard.press('Enter');
    if ((await column.getAttribute('aria-sort')) === 'descending') await page.keyboard.press('Enter');
    await expect(column).toHaveAttribute('aria-sort', 'ascending');
    const isSorted = (values: readonly string[], sign: 1 | -1) => {
      const ranks = values.map(rank);
      return ranks.every((each, nth) => {
        const before = ranks[nth - 1] ?? each;
        return each === before || (each > before ? 1 : -1) === sign;
      });
    };
    await expect
      .poll(async () => isSorted(await keys.cells(name), 1), { message: `${name}, ascending` })
      .toBe(true);
    await page.keyboard.press('Enter');
    await expect(column).toHaveAttribute('aria-sort', 'descending');
    await expect
      .poll(async () => isSorted(await keys.cells(name), -1), { message: `${name}, descending` })
      .toBe(true);
  }
  await keys.column('Permissions').click();
  await expect(keys.column('Permissions')).toHaveAttribute('aria-sort', 'ascending');
  const runs = async () => {
    const values = await keys.cells('Permissions');
    return values.filter((value, nth) => value !== values[nth - 1]).length;
  };
  await expect.poll(runs, { message: 'the same permissions stand together' }).toBe(3);
});

test('the service is a column only where there are keys of several', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 2, also: ['blank'] });
  await expect(keys.column('Service')).toBeVisible();
  await expect(keys.row(seedName(1)).getByRole('gridcell', { name: 'Team API' })).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: 'Team API' }).click();
  await expect(keys.column('Service')).toBeHidden();
});

test('columns and widths are the same after the next start', async ({ openSeeded, open, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 3 });
  await expect(keys.column('Created')).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await keys.menu.getByRole('menuitemcheckbox', { name: 'Created' }).click();
  await keys.menu.getByRole('menuitemcheckbox', { name: 'Last four' }).click();
  await page.keyboard.press('Escape');
  await expect(keys.column('Created')).toBeHidden();
  await keys.column('Name').focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowRight');
  const width = (await keys.column('Name').boundingBox())?.width ?? 0;
  const kept = () =>
    page.evaluate(async () => {
      const layout = await window.keysmith.settings.layout();
      return layout.ok && layout.value;
    });
  await expect
    .poll(kept)
    .toEqual({ columns: { created: false, 'last-four': true }, widths: { name: width } });
  const closed = app.waitForEvent('close');
  await page.evaluate(() => window.keysmith.window.close()).catch(() => undefined);
  await closed;

  expect(folder.length).toBeGreaterThan(0);
  const next = await open();
  await next.page.getByLabel('Passphrase').fill(SEED_PASSPHRASE);
  await next.page.keyboard.press('Enter');
  const again = new KeysPage(next.page);
  await expect(again.column('Last four')).toBeVisible();
  await expect(again.column('Created')).toBeHidden();
  expect((await again.column('Name').boundingBox())?.width).toBe(width);

  await next.page.getByRole('button', { name: 'Columns' }).click();
  await again.menu.getByRole('menuitem', { name: 'Reset widths' }).click();
  await expect.poll(async () => (await again.column('Name').boundingBox())?.width).not.toBe(width);
});
