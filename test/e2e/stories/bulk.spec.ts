import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { seedName } from '../seed.ts';

const ENTRIES =
  "SELECT count(*) AS n, count(DISTINCT subject_id) AS keys, count(DISTINCT at) AS moments FROM audit WHERE action = 'key.revoke'";

test('500 keys are revoked at once, after their number was typed', async ({ openSeeded, folder }) => {
  const { page, keys } = await openSeeded({ keys: 500 });
  await expect(keys.row(seedName(499))).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all keys' }).click();
  const bulk = await keys.changeSelected('Revoke…');
  await expect(bulk.dialog).toContainText('refused for good');
  await expect(bulk.dialog).toContainText('from the next bundle on');
  await expect(bulk.cancel).toBeFocused();
  await expect(bulk.change).toBeDisabled();
  await bulk.reason.fill('the depot was sold');
  await bulk.number.fill('499');
  await expect(bulk.change).toBeDisabled();
  await bulk.number.fill('500');
  await bulk.change.click();
  await expect(bulk.dialog).toBeHidden({ timeout: 2000 });
  await expect(page.getByText('500 keys were revoked.')).toBeVisible();
  await expect(keys.row(seedName(499))).toContainText('Revoked');
  expect(
    query(
      folder,
      "SELECT count(*) AS n FROM key WHERE status = 'revoked' AND revoke_reason = 'the depot was sold'",
    ),
  ).toEqual([{ n: 500 }]);
  expect(query(folder, ENTRIES)).toEqual([{ n: 500, keys: 500, moments: 1 }]);
});

test('one that cannot be changed stops all, is named, and can be taken out', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ keys: 6 });
  await page.evaluate(
    names => Promise.all(names.map(name => window.keysmith.keys.revoke({ key: `team-api/${name}` }))),
    [seedName(1), seedName(3)],
  );
  await expect(keys.row(seedName(3))).toContainText('Revoked');
  await page.getByRole('checkbox', { name: 'Select all keys' }).click();
  const bulk = await keys.changeSelected('Disable…');
  await bulk.change.click();
  await expect(bulk.refusals).toHaveCount(2);
  const [refused] = query(folder, 'SELECT id FROM key WHERE name = ?', seedName(3));
  const item = bulk.refusals.filter({ hasText: seedName(3) });
  await expect(item).toContainText(String(refused?.id));
  await expect(item).toContainText('revoked');
  expect(query(folder, "SELECT count(*) AS n FROM key WHERE status = 'disabled'")).toEqual([{ n: 0 }]);

  await bulk.deselect.click();
  await expect(bulk.dialog).toHaveAccessibleName('Disable 4 keys?');
  await bulk.change.click();
  await expect(bulk.dialog).toBeHidden();
  expect(query(folder, "SELECT count(*) AS n FROM key WHERE status = 'disabled'")).toEqual([{ n: 4 }]);
  await expect(keys.tools, 'what is done is no longer selected').toBeHidden();
});

test('disable, enable, extend and remove', async ({ openSeeded, folder }) => {
  const { keys } = await openSeeded({ keys: 4, special: () => ({ expires: 'P30D' }) });
  const select = async () => {
    await keys.tick(seedName(3)).click();
    await keys.tick(seedName(2)).click();
    await expect(keys.selected('2')).toBeVisible();
  };
  const status = () => query(folder, 'SELECT status, count(*) AS n FROM key GROUP BY status ORDER BY status');
  for (const [button, after] of [
    [
      'Disable…',
      [
        { status: 'active', n: 2 },
        { status: 'disabled', n: 2 },
      ],
    ],
    ['Enable…', [{ status: 'active', n: 4 }]],
  ] as const) {
    await select();
    const bulk = await keys.changeSelected(button);
    await bulk.change.click();
    await expect(bulk.dialog).toBeHidden();
    expect(status()).toEqual(after);
  }

  await select();
  const extend = await keys.changeSelected('Extend expiry…');
  await extend.dialog.getByLabel('Expires').selectOption('P6M');
  await extend.change.click();
  await expect(extend.dialog).toBeHidden();
  // The others were made within a second or two of each other, and expire so.
  const [{ first, last } = {}] = query(
    folder,
    'SELECT min(expires_at) AS first, max(expires_at) AS last FROM key',
  );
  expect(Number(last) - Number(first)).toBeGreaterThan(100 * 86_400);

  await select();
  const remove = await keys.changeSelected('Remove…');
  await remove.cancel.click();
  await expect(keys.selected('2'), 'what was cancelled stays selected').toBeVisible();
  const again = await keys.changeSelected('Remove…');
  await again.change.click();
  await expect(keys.rows).toHaveCount(2);
  expect(query(folder, 'SELECT count(*) AS n FROM tombstone')).toEqual([{ n: 2 }]);
});

test('keys of several services get an expiry that each of them allows, or none does', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({
    keys: 4,
    also: ['public-private-keys'],
    special: index =>
      index % 2 === 0 ? { expires: 'P30D' } : { service: 'support-api', permissions: [], expires: 'P30D' },
  });
  await expect(keys.rows).toHaveCount(4);
  await page.getByRole('checkbox', { name: 'Select all keys' }).click();
  const bulk = await keys.changeSelected('Extend expiry…');
  await bulk.dialog.getByLabel('Expires').selectOption('never');
  await bulk.change.click();
  await expect(bulk.refusals).toHaveCount(2);
  expect(query(folder, 'SELECT count(*) AS n FROM key WHERE expires_at IS NULL')).toEqual([{ n: 0 }]);
  await bulk.dialog.getByLabel('Expires').selectOption('P90D');
  await bulk.change.click();
  await expect(bulk.dialog).toBeHidden();
  expect(query(folder, 'SELECT count(DISTINCT expires_at) AS n FROM key')).toEqual([{ n: 1 }]);
});
