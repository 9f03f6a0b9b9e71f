import { dirname, join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { BenchPage } from '../pages/bench-page.ts';
import { ExportPage } from '../pages/export-page.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { answerSaveDialog, SigningKeysPage } from '../pages/signing-keys-page.ts';
import { picture, show } from '../take-picture.ts';
import { TOUR_SEED } from '../tour-seed.ts';

// `npm run docs:tour` takes these for docs/tour.md; each of them is in it.
test.describe.configure({ timeout: 180_000 });

test('pictures of the tour: the first start', async ({ open }) => {
  const { app, page } = await open();
  await show(app, page, 'light');
  await page.getByLabel('Installation name').fill('Northwind Logistics');
  await expect(page.getByRole('button', { name: 'Create installation' })).toBeVisible();
  await page.getByRole('radio', { name: /Team access keys/ }).check();
  await picture(page, 'tour-first-start');
});

test('pictures of the tour: keys, from creating one to rotating it', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded(TOUR_SEED, { as: 'Dana Okafor' });
  const services = page.getByRole('navigation');
  await show(app, page, 'light');
  await expect(keys.rows.first()).toBeVisible();
  await keys.filter.expectCount('Kind', 'Public', '6');
  await picture(page, 'tour-services');

  await services.getByRole('button', { name: 'Team API' }).click();
  await show(app, page, 'dark');
  await keys.create.click();
  const create = keys.dialog('Create key');
  await create.getByLabel('Name', { exact: true }).fill('warehouse-sync');
  await create.getByLabel('Description').fill('Stock counts to the depot controllers, every night');
  await create.getByLabel('Owner').fill('Kim Berg');
  for (const permission of ['View computers', 'View groups'])
    await create.getByRole('checkbox', { name: permission }).check();
  await picture(page, 'tour-create');
  await create.getByRole('button', { name: 'Create key' }).click();
  const reveal = new RevealDialog(page);
  await expect(reveal.dialog).toBeVisible();
  await show(app, page, 'light');
  await reveal.show.click();
  await picture(page, 'tour-reveal');
  await reveal.confirm();
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 30_000 });

  await services.getByRole('button', { name: 'Support API' }).click();
  await expect(keys.row('kiosk-lyon')).toBeVisible();
  await keys.filter.choice('Kind', 'Public').check();
  await expect(keys.row('depot-controller')).toHaveCount(0);
  await keys.filter.expectCount('Kind', 'Private', '2');
  await keys.filter.expectCount('Expires within', 'Never', '0');
  await picture(page, 'tour-filters');
  await keys.filter.choice('Kind', 'Public').uncheck();
  await show(app, page, 'dark');
  await keys.row('depot-controller').click();
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  await picture(page, 'tour-panel');
  await keys.act('depot-controller', 'Rotate…');
  await expect(keys.dialog(/^Rotate/)).toBeVisible();
  await show(app, page, 'light');
  await picture(page, 'tour-rotate');
});

test('pictures of the tour: what leaves, the log, the signing keys and the lock', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded(TOUR_SEED, { as: 'Dana Okafor' });
  await expect(keys.rows.first()).toBeVisible();
  const screen = new ExportPage(page);
  await screen.open('Verification bundle');
  await screen.panel.getByLabel('Service').selectOption({ label: 'Team API' });
  let token = '';
  for (const nth of [1, 2]) {
    await answerSaveDialog(app, join(dirname(folder), `team-api-${nth}`));
    await screen.export.click();
    await expect(screen.result).toContainText(`Bundle ${nth} was exported.`);
    if (nth === 2) break;
    await page.getByRole('navigation').getByRole('button', { name: 'Team API' }).click();
    await keys.act('laptop-okafor', 'Revoke…');
    await keys.dialog('Revoke key?').getByRole('button', { name: 'Revoke' }).click();
    await expect(keys.row('laptop-okafor')).toContainText('Revoked');
    const reveal = await keys.createKey({ name: 'branch-oslo', permissions: ['View computers'] });
    token = await reveal.readSecret();
    await reveal.confirm();
    await screen.open('Verification bundle');
  }
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 30_000 });
  await show(app, page, 'dark');
  await picture(page, 'tour-bundle');

  await show(app, page, 'light');
  const bench = new BenchPage(page);
  await bench.open();
  await expect(bench.bundle).toContainText('Bundle 2 of team-api');
  await bench.judge(token);
  await expect(bench.verdict).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 30_000 });
  await picture(page, 'tour-bench');

  const audit = new AuditPage(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Audit', exact: true }).click();
  await audit.heading.waitFor();
  await audit.verify.click();
  await expect(audit.verification).toContainText('entries');
  await audit.rows.filter({ hasText: 'laptop-okafor' }).first().click();
  await picture(page, 'tour-audit');

  const signing = new SigningKeysPage(page);
  await show(app, page, 'dark');
  await signing.open();
  await expect(signing.fingerprint).toBeVisible();
  await picture(page, 'tour-signing-keys');

  const settings = new SettingsPage(page);
  await settings.open();
  await show(app, page, 'light');
  await picture(page, 'tour-settings');
  await show(app, page, 'dark');
  await page.keyboard.press('ControlOrMeta+l');
  const lock = new LockScreen(page);
  await lock.heading.waitFor();
  await picture(page, 'tour-lock');
});
