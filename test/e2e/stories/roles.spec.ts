import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { ExportPage } from '../pages/export-page.ts';
import { answerSaveDialog, SigningKeysPage } from '../pages/signing-keys-page.ts';
import type { Seed } from '../seed.ts';

/** Keys of services that managers manage, and one of a service that admins manage. */
const SEED: Seed = {
  keys: 4,
  also: ['role-tokens', 'public-private-keys'],
  special: index =>
    [
      { name: 'first' },
      { name: 'second' },
      {
        name: 'admins-only',
        service: 'cloud-api',
        permissions: [],
        roles: [{ role: 'global-viewer', accounts: null }],
      },
      { name: 'widget', service: 'support-api', kind: 'public' as const, permissions: ['sessions:create'] },
    ][index] ?? {},
  operators: { vera: 'viewer', max: 'manager', anna: 'admin' },
};

/** What the application menu shows of Keysmith's own commands. */
const menuCommands = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) =>
    ['create-key', 'create-service'].filter(id => Menu.getApplicationMenu()?.getMenuItemById(id)?.visible),
  );

const place = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${name}`) });

/** Opens the menu of a row and reads it. */
async function menuOf(page: Page, name: string): Promise<string[]> {
  await page
    .getByRole('button', { name: `Actions for ${name}` })
    .first()
    .click();
  await page.getByRole('menuitem').first().waitFor();
  const items = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  return items;
}

test('a viewer is offered nothing that changes anything', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded(SEED, { as: 'vera' });
  await expect(keys.rows).toHaveCount(4);
  expect(await menuCommands(app)).toEqual([]);
  await expect(keys.create).toHaveCount(0);
  for (const shortcut of ['n', 'N']) await page.keyboard.press(`ControlOrMeta+${shortcut}`);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const name of ['first', 'admins-only', 'widget'])
    expect(await menuOf(page, name)).toEqual(['Copy key ID']);
  await keys.row('admins-only').hover();
  await expect(keys.row('admins-only').getByRole('button', { name: /Edit|Remove/ })).toHaveCount(0);

  await keys.row('first').click();
  const panel = page.getByRole('complementary', { name: 'Key information' });
  await expect(panel.getByRole('button')).toHaveText(['', 'Copy key ID']);
  await expect(keys.tools.getByRole('button')).toHaveText(['Export selection', '']);
  await keys.tick('second').click();
  await expect(keys.selected('2')).toBeVisible();
  await expect(keys.tools.getByRole('button')).toHaveText(['Export selection', '']);
  await keys.tools.getByRole('button', { name: 'Clear selection' }).click();

  await place(page, 'Team API').click();
  await expect(
    page.getByRole('navigation').getByRole('button', { name: /^(New service|Settings of)/ }),
  ).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Needs attention' }).getByRole('button')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('Type a command, a service or a key').fill('e');
  await expect(page.getByRole('button', { name: 'Go to all keys' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Create key|New service|Settings of)/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  const signing = new SigningKeysPage(page);
  await signing.open();
  await expect(page.getByRole('button', { name: /^(Rotate…|Make a )/ })).toHaveCount(0);
  expect(await menuOf(page, 'the key')).toEqual(['Copy key ID', 'Show who depends on it…']);
  await expect(signing.handOver.getByRole('button')).toHaveText([/jwks/]);

  const audit = new AuditPage(page);
  await audit.open();
  await expect(audit.signed).toHaveCount(0);
  await audit.verify.click();
  await expect(audit.verification).toContainText('The log holds');

  const exporting = new ExportPage(page);
  await exporting.open('Inventory');
  await expect(exporting.box('Signed')).toHaveCount(0);
  await expect(exporting.export).toBeVisible();
  await exporting.tab('Verification bundle');
  await expect(exporting.next).toBeVisible();
  await expect(exporting.export).toHaveCount(0);
  await exporting.tab('Verdict bench');
  await expect(exporting.panel.getByRole('button', { name: 'Ask' })).toBeVisible();
});

test('what a viewer asks of main directly is refused, and nothing changes', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded(SEED, { as: 'vera' });
  await expect(keys.rows).toHaveCount(4);
  await answerSaveDialog(app, join(folder, '..', 'out'));
  const before = query(folder, 'SELECT max(seq) AS seq, count(*) AS n FROM audit');
  const answers = await page.evaluate(async () => {
    const { keys, services, signingKeys, exports, operators, lock } = window.keysmith;
    const key = 'team-api/first';
    const signing = await signingKeys.list();
    const kid = signing.ok ? (signing.value[0]?.kid ?? '') : '';
    const inventory = {
      keys: { kind: 'matching', filter: {}, sort: { field: 'name', descending: false } },
      removed: false,
      format: 'csv',
      bom: false,
    } as const;
    const asked = {
      'keys.create': keys.create({ service: 'team-api', name: 'mine', permissions: ['computers:read'] }),
      'keys.edit': keys.edit({ key, owner: 'vera' }),
      'keys.rename': keys.rename({ key, name: 'mine' }),
      'keys.revoke': keys.revoke({ key }),
      'keys.remove': keys.remove({ key }),
      'keys.markSaved': keys.markSaved({ key }),
      'keys.newSecret': keys.newSecret({ key }),
      'keys.disable': keys.disable({ key }),
      'keys.rotate': keys.rotate({ key }),
      'keys.reissue': keys.reissue({ key: 'cloud-api/admins-only' }),
      'keys.copyToken': keys.copyToken({ key: 'support-api/widget' }),
      'keys.bulk': keys.bulk({ action: 'disable', keys: [key] }),
      'services.create': services.create({ service: 'mine', template: 'blank' }),
      'services.edit': services.edit({ service: 'team-api', title: 'Mine' }),
      'services.importCatalog': services.importCatalog({
        service: 'team-api',
        catalog: '{"permissions":[{"id":"a","title":"A","description":""}],"roles":[],"accounts":[]}',
        force: true,
      }),
      'signingKeys.rotate': signingKeys.rotate({ purpose: 'token' }),
      'signingKeys.compromise': signingKeys.compromise({ kid }),
      'signingKeys.retire': signingKeys.retire({ kid }),
      'signingKeys.reissue': signingKeys.reissue({ kid }),
      'signingKeys.trust': signingKeys.trust(),
      'signingKeys.save': signingKeys.save({ what: 'trust' }),
      'exports.inventory': exports.inventory({ id: 'a', ...inventory, columns: ['id'], sign: true }),
      'exports.bundle': exports.bundle({ id: 'b', service: 'team-api', as: 'zip' }),
      'operators.add': operators.add({
        name: 'eve',
        role: 'owner',
        passphrase: 'seven loud herons marching',
      }),
      'operators.edit': operators.edit({ name: 'vera', role: 'owner' }),
      'operators.remove': operators.remove({ name: 'anna' }),
      'lock.off': lock.off({ passphrase: 'x' }),
      'lock.on': lock.on({ passphrase: 'x' }),
    };
    const out: Record<string, string> = {};
    for (const [verb, answer] of Object.entries(asked)) {
      const result = await answer;
      out[verb] = result.ok ? 'done' : result.error.code;
    }
    return out;
  });
  expect(Object.entries(answers).filter(([, code]) => code !== 'NOT_ALLOWED')).toEqual([]);
  expect(query(folder, 'SELECT max(seq) AS seq, count(*) AS n FROM audit')).toEqual(before);
});

test('a manager manages keys of services for managers, and neither others nor signing keys', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded(SEED, { as: 'max' });
  await expect(keys.rows).toHaveCount(4);
  expect(await menuCommands(app)).toEqual(['create-key']);
  expect(await menuOf(page, 'first')).toContain('Rotate…');
  expect(await menuOf(page, 'widget')).toContain('Copy key');
  expect(await menuOf(page, 'admins-only')).toEqual(['Copy key ID']);
  await keys.row('admins-only').hover();
  await expect(keys.row('admins-only').getByRole('button', { name: /Edit|Remove/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New service' })).toHaveCount(0);

  await keys.create.click();
  await expect(keys.dialog('Create key').getByLabel('Service').locator('option')).toHaveText([
    'Support API',
    'Team API',
  ]);
  await page.keyboard.press('Escape');
  await place(page, 'Cloud API').click();
  await expect(keys.rows).toHaveCount(1);
  await expect(keys.create).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+n');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await place(page, 'Team API').click();
  await expect(keys.rows).toHaveCount(2);
  await keys.act('first', 'Disable');
  await expect(keys.row('first')).toContainText('Disabled');
  await keys.tick('first').click();
  await keys.tick('second').click();
  await expect(keys.tools.getByRole('button', { name: 'Revoke…' })).toBeVisible();
  // Of several services main says which keys are not theirs.
  await place(page, 'All keys').click();
  await keys.tick('second').click();
  await keys.tick('admins-only').click();
  const bulk = await keys.changeSelected('Disable…');
  await bulk.change.click();
  await expect(bulk.dialog.getByText(/managed by owners and admins/)).toBeVisible();
  await bulk.cancel.click();
  for (const refused of [
    await page.evaluate(() => window.keysmith.keys.revoke({ key: 'cloud-api/admins-only' })),
    await page.evaluate(() => window.keysmith.signingKeys.rotate({ purpose: 'token' })),
  ])
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });

  const signing = new SigningKeysPage(page);
  await signing.open();
  await expect(page.getByRole('button', { name: /^(Rotate…|Make a )/ })).toHaveCount(0);
  expect(await menuOf(page, 'the key')).toEqual(['Copy key ID', 'Show who depends on it…']);
  const exporting = new ExportPage(page);
  await exporting.open('Verification bundle');
  await expect(exporting.export).toBeVisible();
});

test('an admin has everything but what is for owners', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded(SEED, { as: 'anna' });
  await expect(keys.rows).toHaveCount(4);
  expect(await menuCommands(app)).toEqual(['create-key', 'create-service']);
  expect(await menuOf(page, 'admins-only')).toContain('Reissue token…');
  await expect(page.getByRole('button', { name: 'New service' })).toBeVisible();
  const signing = new SigningKeysPage(page);
  await signing.open();
  await expect(signing.tokenKeys.getByRole('button', { name: 'Rotate…' })).toBeVisible();
});
