import { expect, test } from '../fixtures.ts';
import { seedName } from '../seed.ts';

const MONTHS = 30 * 86_400;

test('each choice says how many keys it would show, and several of one group mean any of them', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({
    keys: 20,
    template: 'public-private-keys',
    special: index => ({
      kind: index < 5 ? ('public' as const) : ('private' as const),
      permissions: index % 4 === 0 ? ['sessions:create'] : [],
      allowedIps: index < 3 ? '10.1.0.0/16' : '',
      expires: index % 2 === 0 ? '10d' : 'P6M',
      ...(index === 7 ? { keep: undefined } : {}),
    }),
    age: index => (index >= 15 ? 4 * MONTHS : 0),
  });
  const { filter } = keys;
  await filter.expectCount('Status', 'Active', '18');
  await filter.expectCount('Status', 'Expired', '2');
  await filter.expectCount('Status', 'Revoked', '0');
  await filter.expectCount('Kind', 'Public', '5');
  await filter.expectCount('Kind', 'Private', '15');
  await filter.expectCount('Expires within', '7 days', '0');
  await filter.expectCount('Allowed IPs', 'Set', '3');
  await filter.expectCount('Permission', 'Create a session', '5');
  await filter.expectCount('Needs attention', 'Not saved', '1');

  await filter.choice('Kind', 'Public').check();
  await expect(keys.rows).toHaveCount(5);
  await filter.expectCount('Allowed IPs', 'Set', '3');
  await filter.expectCount('Allowed IPs', 'Not set', '2');
  await filter.expectCount('Kind', 'Private', '15');
  await filter.choice('Allowed IPs', 'Not set').check();
  await expect(keys.rows).toHaveCount(2);
  await filter.choice('Allowed IPs', 'Set').check();
  await expect(keys.rows).toHaveCount(5);
  await filter.choice('Kind', 'Private').check();
  await expect(keys.rows).toHaveCount(20);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(filter.choice('Kind', 'Public')).not.toBeChecked();

  await filter.choice('Expires within', '14 days').check();
  await expect(filter.choice('Expires within', 'Any time')).not.toBeChecked();
  await filter.choice('Permission', 'Create a session').check();
  await expect(keys.row(seedName(4))).toBeVisible();
  await expect(keys.row(seedName(2))).toBeHidden();
  await filter.choice('Status', 'Revoked').check();
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).first().click();
  await filter.choice('Needs attention', 'Not saved').check();
  await expect(keys.rows).toHaveCount(1);
  await expect(keys.row(seedName(7))).toContainText('Not saved');
});

test('an address finds the keys that it could use, from the search and from the filter', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({
    keys: 10,
    template: 'public-private-keys',
    special: index => (index < 4 ? { allowedIps: index < 3 ? '10.1.0.0/16' : '192.0.2.7' } : {}),
  });
  await keys.search.fill('10.1.2.3');
  const card = page.getByRole('region', { name: 'Address: 10.1.2.3' });
  await expect(card).toContainText('9 keys could be used from 10.1.2.3 (of them 3 are bound to addresses).');
  await card.getByRole('button', { name: 'Show them' }).click();
  await expect(keys.search).toHaveValue('');
  await expect(keys.rows).toHaveCount(9);
  await expect(keys.row(seedName(3))).toBeHidden();
  await expect(keys.filter.address).toHaveValue('10.1.2.3');

  await keys.filter.address.fill('192.0.2');
  await keys.filter.address.press('Enter');
  await expect(page.getByText('Give one IPv4 or IPv6 address')).toBeVisible();
  await expect(keys.rows, 'what is no address changes nothing').toHaveCount(9);
  await keys.filter.address.fill('192.0.2.7');
  await keys.filter.address.press('Enter');
  await expect(keys.rows).toHaveCount(7);
  await keys.search.fill('10.1.0.0');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).first().click();
  await keys.search.fill('10.1.0.0/16');
  await expect(keys.rows, 'the words are looked for in the allowed IPs too').toHaveCount(3);
});

test('no choice moves when the counts arrive', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 6 });
  await keys.filter.expectCount('Status', 'Active', '6');
  const moved = await page.evaluate(() => {
    const tops = () =>
      [...document.querySelectorAll('aside input')].map(each => each.getBoundingClientRect().top);
    const counted = tops();
    for (const input of document.querySelectorAll('aside input[aria-describedby]')) {
      document.getElementById(input.getAttribute('aria-describedby') ?? '')?.replaceChildren();
    }
    return { inputs: counted.length, by: tops().map((top, nth) => top - (counted[nth] ?? 0)) };
  });
  expect(moved).toEqual({ inputs: expect.any(Number), by: Array(moved.inputs).fill(0) });
  expect(moved.inputs).toBeGreaterThan(15);
});

test('below 1160 px the filter is in a popover', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 5 });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(960, 600));
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await keys.filter.expectCount('Status', 'Active', '5');
  await keys.filter.choice('Status', 'Disabled').check();
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Filter · 1' })).toBeVisible();
});

test('the banner names one thing at a time, and a review ends with its last key', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({
    keys: 8,
    template: 'public-private-keys',
    special: index => ({
      kind: index === 0 ? ('public' as const) : ('private' as const),
      permissions: index === 0 ? ['sessions:create'] : [],
      expires: index === 3 ? '200d' : 'P1Y',
      ...(index === 1 ? { keep: undefined } : {}),
    }),
    age: index => (index === 2 ? 4 * MONTHS : index === 3 ? 190 * 86_400 : 0),
  });
  const banner = page.getByRole('region', { name: 'Needs attention' });
  const review = banner.getByRole('button', { name: 'Review' });
  await page.evaluate(async () => {
    const shown = await window.keysmith.services.show({ service: 'support-api' });
    if (!shown.ok) return;
    const permissions = shown.value.catalog.permissions.map(each => ({ ...each, public_safe: false }));
    const catalog = JSON.stringify({ ...shown.value.catalog, permissions });
    await window.keysmith.services.importCatalog({ service: 'support-api', catalog, force: true });
  });

  await expect(banner).toContainText('1 public key holds private-only permissions.');
  await review.click();
  await expect(keys.rows).toHaveCount(1);
  await expect(keys.row(seedName(0))).toContainText('Private-only permissions');
  await expect(review, 'there is nothing more to review than what is shown').toBeHidden();
  await keys.act(seedName(0), 'Remove…');
  await keys.dialog('Remove key?').getByRole('button', { name: 'Remove' }).click();
  await expect(keys.rows).toHaveCount(7);

  await expect(banner).toContainText('1 key is not saved.');
  await review.click();
  await expect(keys.rows).toHaveCount(1);
  await keys.act(seedName(1), 'Mark as saved');
  await expect(keys.rows).toHaveCount(7);

  await expect(banner).toContainText('2 keys are overdue for rotation.');
  await review.click();
  await expect(keys.rows).toHaveCount(2);
  await expect(keys.row(seedName(2))).toContainText('Rotation overdue');
  await keys.act(seedName(2), 'Revoke…');
  await keys.dialog('Revoke key?').getByRole('button', { name: 'Revoke' }).click();
  await expect(keys.rows).toHaveCount(1);
  await page.evaluate(name => window.keysmith.keys.rotate({ key: `support-api/${name}` }), seedName(3));
  await expect(keys.rows).toHaveCount(7);

  await expect(banner).toContainText('1 key is not saved.');
  await page.evaluate(name => window.keysmith.keys.markSaved({ key: `support-api/${name}` }), seedName(3));
  await expect(banner).toContainText('1 key expires within 14 days.');
  await review.click();
  await expect(keys.rows).toHaveCount(1);
  await expect(keys.row(seedName(3))).toBeVisible();
});
