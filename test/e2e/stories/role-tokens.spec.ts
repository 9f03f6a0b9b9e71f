import { query } from '../database.ts';
import { claimsOf } from '../decode-token.ts';
import { expect, test } from '../fixtures.ts';
import { contentsOf } from '../page-contents.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { show } from '../take-picture.ts';

const TEMPLATE = 'role-tokens';
const VIEWER = [{ role: 'global-viewer', accounts: null }];

const credentials = (folder: string) =>
  query(folder, 'SELECT id, state, refused_reason FROM credential ORDER BY ref');

test('a token with several roles, one for an account added in the dialog, is shown once and says so', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ template: TEMPLATE });
  await show(app, page, 'light', [960, 600]);
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('reporting');
  await expect(form.expires.locator('option')).toHaveText([
    '1 month',
    '3 months',
    '6 months',
    '1 year',
    'Custom…',
  ]);
  await expect(form.expires).toHaveValue('P6M');

  await form.submit();
  await expect(form.dialog.getByText(/^No role was given, and a key of this service needs/)).toBeVisible();
  await expect(form.role(1).getByLabel('Role', { exact: true })).toBeFocused();

  await form.chooseRole(1, 'Global Viewer');
  await expect(form.role(1)).toContainText('See everything, change nothing.');
  await expect(form.role(1).getByRole('checkbox', { name: 'All accounts' })).toHaveCount(0);
  await form.dialog.getByRole('button', { name: 'Add another role' }).click();
  await expect(form.role(2).getByLabel('Role', { exact: true })).toBeFocused();
  await form.role(2).getByRole('button', { name: 'Remove Role 2' }).click();
  await expect(form.role(1).getByLabel('Role', { exact: true })).toBeFocused();
  await form.dialog.getByRole('button', { name: 'Add another role' }).click();
  await form.chooseRole(2, 'Cloud Account Viewer');
  await form.submit();
  await expect(form.dialog.getByText(/is given for accounts, and none was named/)).toBeVisible();
  await expect(form.accounts(2)).toBeFocused();
  expect(query(folder, 'SELECT count(*) AS keys FROM key')).toEqual([{ keys: 0 }]);

  await form.accounts(2).fill('no such*account');
  await form.accounts(2).press('Enter');
  await form.submit();
  await expect(form.dialog.getByText(/^The account .* cannot be used/)).toBeVisible();
  await form.role(2).getByRole('button', { name: 'Remove account no such*account' }).click();
  await form.accounts(2).fill('acc-eu-1');
  await form.accounts(2).press('Enter');
  await expect(form.role(2)).toContainText('acc-eu-1 is not in the catalog, and will be added to it.');
  await form.submit();

  const reveal = new RevealDialog(page);
  await expect(reveal.dialog).toBeVisible();
  await expect(reveal.dialog).toContainText('Cloud Account Viewer for 1 account and Global Viewer');
  await expect(reveal.secret).not.toContainText(/eyJ|cr_/);
  for (const name of ['Copy name', 'Copy key ID', 'Copy token', 'Show token'])
    await expect(reveal.dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  const token = await reveal.readSecret();
  expect(token.length).toBeGreaterThan(500);
  for (const name of ['Copy name', 'Copy key ID', 'Copy token', 'Hide token', 'Save to file…', 'Done'])
    await expect(reveal.dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  await reveal.dialog.getByRole('button', { name: 'Copy name' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('reporting');

  const claims = claimsOf(token);
  expect(claims.name).toBe('reporting');
  expect(claims.roles).toEqual([
    { role: 'cloud-account-viewer', accounts: ['acc-eu-1'] },
    { role: 'global-viewer', accounts: null },
  ]);
  const days = (Number(claims.exp) - Number(claims.iat)) / 86_400;
  expect(days).toBeGreaterThan(180);
  expect(days).toBeLessThan(185);

  await expect(reveal.done).toBeDisabled();
  await page.keyboard.press('Escape');
  await page
    .getByRole('dialog', { name: 'Close without saving?' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await reveal.confirm();
  expect(await contentsOf(page)).not.toContain(token);
  await expect(keys.column('Roles')).toBeVisible();
  await expect(keys.row('reporting')).toContainText('Cloud Account Viewer· 1 account+1');
  await page.getByRole('tab', { name: 'Roles' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('For acc-eu-1');
  await keys.act('reporting', 'Create like this…');
  const like = new KeyForm(page, 'Create a key like reporting');
  await expect(like.role(1).getByLabel('Role', { exact: true })).toHaveValue('cloud-account-viewer');
  await expect(like.role(1).getByRole('button', { name: 'Remove account acc-eu-1' })).toBeVisible();
  await expect(like.role(2).getByLabel('Role', { exact: true })).toHaveValue('global-viewer');
  expect(query(folder, "SELECT id, title FROM catalog WHERE type = 'account'")).toEqual([
    { id: 'acc-eu-1', title: 'acc-eu-1' },
  ]);
});

test('changed roles are asked about, and a reissued token replaces the old one', async ({
  openSeeded,
  folder,
}) => {
  let old = '';
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({
      name: 'reporting',
      roles: VIEWER,
      keep: token => {
        old = token;
      },
    }),
  });
  await keys.act('reporting', 'Edit…');
  const form = new KeyForm(page, 'Edit reporting');
  await expect(form.role(1).getByLabel('Role', { exact: true })).toHaveValue('global-viewer');
  await form.dialog.getByLabel('Description').fill('For the weekly report');
  const question = form.dialog.getByRole('radiogroup', { name: 'The token that is in use' });
  await expect(question).toHaveCount(0);
  await form.chooseRole(1, 'Cloud Account Viewer');
  await form.role(1).getByRole('checkbox', { name: 'All accounts' }).check();
  await expect(question.getByRole('radio', { name: 'Reissue the token' })).toBeChecked();
  await form.dialog.getByRole('button', { name: 'Save and reissue token' }).click();

  const reveal = new RevealDialog(page);
  await expect(page.getByRole('dialog', { name: 'Token reissued' })).toContainText(
    'The old token is refused from the next bundle on.',
  );
  const claims = claimsOf(await reveal.readSecret());
  expect(claims.roles).toEqual([{ role: 'cloud-account-viewer', accounts: '*' }]);
  await reveal.confirm();
  expect(credentials(folder)).toEqual([
    { id: claimsOf(old).jti, state: 'refused', refused_reason: 'superseded' },
    { id: claims.jti, state: 'current', refused_reason: null },
  ]);
  await expect(keys.row('reporting')).toContainText('Cloud Account Viewer· all accounts');
  await expect(keys.row('reporting')).not.toContainText('Token older');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText(/^Token reissued by/)).toBeVisible();
  await expect(page.getByText('cloud-account-viewer@*')).toBeVisible();
});

test('a key that keeps its old token is marked until its token is reissued', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'reporting', roles: VIEWER }),
  });
  await keys.act('reporting', 'Edit…');
  const form = new KeyForm(page, 'Edit reporting');
  await form.chooseRole(1, 'Global Admin');
  await form.dialog.getByRole('radio', { name: 'Keep the old token' }).check();
  await form.submit();
  await expect(form.dialog).toBeHidden();
  await expect(keys.row('reporting')).toContainText('Token older than its roles');
  expect(query(folder, 'SELECT stale FROM key')).toEqual([{ stale: 1 }]);
  await keys.row('reporting').click();
  await expect(page.getByText(/the token still says what it was before/)).toBeVisible();

  await keys.act('reporting', 'Reissue token…');
  const question = page.getByRole('dialog', { name: 'Reissue the token?' });
  await expect(question).toContainText('The old one is refused from the next bundle on.');
  await question.getByRole('button', { name: 'Reissue token' }).click();
  const reveal = new RevealDialog(page);
  expect(claimsOf(await reveal.readSecret()).roles).toEqual([{ role: 'global-admin', accounts: null }]);
  await reveal.confirm();
  await expect(keys.row('reporting')).not.toContainText('Token older');
  expect(query(folder, 'SELECT stale FROM key')).toEqual([{ stale: 0 }]);
});

test('a token whose signing key is compromised is pointed out, and reissued by the active one', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'reporting', roles: VIEWER }),
  });
  await expect(keys.row('reporting')).not.toContainText('compromised');
  await page.evaluate(async () => {
    const listed = await window.keysmith.signingKeys.list();
    if (!listed.ok) throw new Error(listed.error.message);
    for (const { kid } of listed.value.filter(({ purpose }) => purpose === 'token'))
      await window.keysmith.signingKeys.compromise({ kid });
  });
  await expect(keys.row('reporting')).toContainText('Signed by a compromised key');
  await keys.row('reporting').getByText('reporting', { exact: true }).click();
  const panel = page.getByRole('complementary', { name: 'Key information' });
  await expect(panel).toContainText('services refuse the token');
  await panel.getByRole('definition').getByRole('button', { name: 'Reissue token…' }).click();
  await page
    .getByRole('dialog', { name: 'Reissue the token?' })
    .getByRole('button', { name: 'Reissue token' })
    .click();
  await new RevealDialog(page).confirm();
  await expect(keys.row('reporting')).not.toContainText('compromised');
});

test('an expired token key that is enabled again is offered a new token', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'reporting', roles: VIEWER, expires: '1s' }),
  });
  await expect(keys.row('reporting')).toContainText('Expired');
  await keys.act('reporting', 'Enable…');
  await keys.dialog('Enable reporting').getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText(/Its token still says what the key was before/)).toBeVisible();
  await expect(keys.row('reporting')).toContainText('Token older than its roles');
  await page.getByRole('alert').getByRole('button', { name: 'Reissue token…' }).click();
  await expect(page.getByRole('dialog', { name: 'Reissue the token?' })).toBeVisible();
});
