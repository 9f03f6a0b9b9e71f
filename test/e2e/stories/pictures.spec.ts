import { expect, test } from '../fixtures.ts';
import type { KeysPage } from '../pages/keys-page.ts';
import { SigningKeysPage } from '../pages/signing-keys-page.ts';
import { picture, show } from '../take-picture.ts';

const NAMES = [
  'warehouse-sync',
  'kiosk-berlin-04',
  'ci-nightly',
  'partner-acme',
  'laptop-okafor',
  'metrics-bridge',
  'support-widget',
  'archive-export',
  'depot-inventory',
  'helpdesk-bot',
  'branch-lyon-02',
  'audit-reader',
];
const OWNERS = ['Dana Okafor', 'Operations', 'Kim Berg', 'Partner team', ''];
const GRANTS = [
  ['computers:read'],
  ['computers:read', 'groups:read', 'people:read'],
  ['sessions:read'],
  ['audit:read', 'sessions:read'],
  ['deployment:write'],
];
const EXPIRES = ['13d', 'P6M', 'never', 'P1Y', '90d', 'never'];

function special(index: number) {
  const name = NAMES[index % NAMES.length] ?? '';
  return {
    name: index < NAMES.length ? name : `${name}-${index}`,
    description: index % 3 === 0 ? 'Stock counts to the depot controllers, nightly' : '',
    owner: OWNERS[index % OWNERS.length],
    permissions: GRANTS[index % GRANTS.length],
    expires: EXPIRES[index % EXPIRES.length],
    ...(index % 17 === 4 ? { keep: undefined } : {}),
  };
}

async function openReveal(keys: KeysPage) {
  return keys.createKey({
    name: 'warehouse-sync-2',
    description: 'Stock counts to the depot controllers',
    owner: 'Operations',
    permissions: ['View computers', 'View groups'],
  });
}

test('pictures of a list with its panel, a dialog and a reveal', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 40, special });
  await show(app, page, 'light');
  await keys.row('depot-inventory').or(keys.rows.first()).first().click();
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  await picture(page, 'keys-light');
  await show(app, page, 'dark');
  await picture(page, 'keys-dark');
  await show(app, page, 'light', [960, 600]);
  await picture(page, 'keys-960x600');
  await show(app, page, 'light', [1920, 1080]);
  await picture(page, 'keys-1920x1080');
  await page.keyboard.press('Escape');

  await show(app, page, 'light');
  await keys.create.click();
  await expect(keys.dialog('Create key').getByLabel('Name', { exact: true })).toBeVisible();
  await picture(page, 'create-light');
  await page.keyboard.press('Escape');
  await show(app, page, 'dark');
  const reveal = await openReveal(keys);
  await picture(page, 'reveal-dark');
  await show(app, page, 'light', [960, 600]);
  await reveal.show.click();
  await picture(page, 'reveal-960x600');
  await reveal.confirm();
});

test('pictures of 0, 1 and 10,000 keys, and of long names', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded();
  await show(app, page, 'light');
  await expect(page.getByText('No keys yet')).toBeVisible();
  await picture(page, 'empty-light');
  await show(app, page, 'dark');
  await picture(page, 'empty-dark');
  await (await keys.createKey({ name: 'only-one' })).confirm();
  await show(app, page, 'light');
  await picture(page, 'one-key');
  await (
    await keys.createKey({
      name: `${'very-long-name-'.repeat(8)}end`,
      description: 'x '.repeat(900),
      owner: 'y'.repeat(200),
    })
  ).confirm();
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  await picture(page, 'long-names');
});

test('pictures of filters, of several keys and of what is done with them', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({
    keys: 60,
    template: 'public-private-keys',
    also: ['team-access-keys'],
    special: index => ({
      ...special(index),
      ...(index % 3 === 0 ? { service: 'team-api' } : {}),
      kind: index % 3 === 1 ? ('public' as const) : ('private' as const),
      permissions:
        index % 3 === 0 ? special(index).permissions : ['sessions:create', 'deferred-requests:create'],
      allowedIps: index % 3 !== 0 && index % 4 === 0 ? '10.1.0.0/16' : '',
      expires: index % 5 === 0 ? '100d' : 'P1Y',
    }),
    age: index => (index % 7 === 0 ? 95 * 86_400 : 0),
  });
  await show(app, page, 'light');
  await expect(keys.rows.first()).toBeVisible();
  await keys.filter.expectCount('Kind', 'Public', '20');
  await picture(page, 'all-keys-light');
  await page.getByRole('navigation').getByRole('button', { name: 'Support API' }).click();
  await keys.filter.choice('Kind', 'Private').check();
  await keys.filter.expectCount('Kind', 'Public', '20');
  await picture(page, 'filter-light');
  await show(app, page, 'dark');
  await picture(page, 'filter-dark');
  for (const nth of [0, 1, 3, 4]) await keys.rows.nth(nth).getByRole('checkbox').click();
  await picture(page, 'several-dark');
  await show(app, page, 'light', [960, 600]);
  await picture(page, 'several-960x600');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Filter/ }).click();
  await expect(page.getByRole('dialog', { name: 'Filter' })).toBeVisible();
  await picture(page, 'filter-960x600');
  await page.keyboard.press('Escape');
  await show(app, page, 'light');
  await keys.rows.nth(2).click();
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  await picture(page, 'one-light');
  await page.getByRole('checkbox', { name: 'Select all keys' }).click();
  const revoke = await keys.changeSelected('Revoke…');
  await picture(page, 'bulk-revoke-light');
  await revoke.cancel.click();
  const extend = await keys.changeSelected('Extend expiry…');
  await extend.number.fill('20');
  await extend.dialog.getByLabel('Expires').selectOption('P90D');
  await picture(page, 'bulk-extend-light');
  await extend.change.click();
  await expect(extend.refusals.first()).toBeVisible();
  await picture(page, 'bulk-refused-light');
  await show(app, page, 'dark', [960, 600]);
  await picture(page, 'bulk-refused-960x600');
  await extend.cancel.click();
  await show(app, page, 'light');
  await keys.search.fill('10.1.2.3');
  await expect(page.getByRole('region', { name: 'Address: 10.1.2.3' })).toBeVisible();
  await picture(page, 'address-light');
});

test('a picture of 10,000 keys', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 10_000, special });
  await show(app, page, 'light');
  await expect(keys.rows.first()).toBeVisible();
  await picture(page, 'keys-10000');
});

test('pictures of the first run and of a failure', async ({ open, folder }) => {
  const { app, page } = await open();
  await show(app, page, 'light');
  await expect(page.getByRole('button', { name: 'Create installation' })).toBeVisible();
  await picture(page, 'first-run');
  expect(folder.length).toBeGreaterThan(0);
});

test('pictures of the signing keys', async ({ openSeeded }) => {
  const { app, page } = await openSeeded({
    template: 'role-tokens',
    keys: 24,
    special: () => ({ roles: [{ role: 'global-viewer', accounts: null }] }),
  });
  const signing = new SigningKeysPage(page);
  await signing.open();
  await show(app, page, 'light', [960, 600]);
  await picture(page, 'signing-keys-first');
  await signing.rotate(signing.tokenKeys, 'EdDSA');
  await signing.rotate(signing.trustKeys);
  await show(app, page, 'light');
  await picture(page, 'signing-keys-light');
  await show(app, page, 'dark');
  await picture(page, 'signing-keys-dark');
  await signing.act(signing.rows(signing.tokenKeys, 'Verifying'), 'Mark as compromised…');
  await expect(page.getByRole('dialog')).toContainText('24 keys depend on it');
  await picture(page, 'compromise-dark');
  await show(app, page, 'light', [960, 600]);
  await picture(page, 'compromise-960x600');
});
