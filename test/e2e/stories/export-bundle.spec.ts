import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { ExportPage } from '../pages/export-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { seedName } from '../seed.ts';
import { pictures } from '../take-picture.ts';

test('the first bundle, a folder, says what it has; the next one, a zip, what changed since', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 4 });
  const screen = new ExportPage(page);
  await expect(screen.banner).toContainText('Team API has no bundle yet: services do not know its keys.');
  await expect(keys.row(seedName(1)), 'nothing is marked before the first bundle').not.toContainText(
    'Pending',
  );
  await screen.banner.getByRole('button', { name: 'Export bundle' }).click();
  await expect(screen.heading).toBeFocused();
  await expect(screen.banner.getByRole('button'), 'it leads here').toHaveCount(0);
  await expect(screen.next).toContainText('The first bundle of Team API');
  await expect(screen.next).toContainText('4 new keys');
  await expect(screen.history).toContainText('No bundle of Team API was exported yet.');

  const place = join(dirname(folder), 'bundle');
  await answerSaveDialog(app, place);
  await screen.export.click();
  await expect(screen.result).toContainText('Bundle 1 was exported.');
  await expect(screen.result).toContainText(place);
  await expect(screen.result).toContainText('4 valid, 0 refused');
  await expect(screen.result).toContainText('in 4 weeks');
  await expect(screen.result).toContainText('Nothing changed since.');
  await expect(screen.export).toBeFocused();
  await expect(screen.banner, 'of bundles there is nothing left to say').toContainText(
    'There is no backup yet.',
  );
  expect(readdirSync(place)).toContain('manifest.jws');
  await expect(screen.history.getByRole('row')).toHaveCount(2);
  await screen.result.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () =>
    app.evaluate(
      () => Reflect.get(globalThis, Symbol.for('electron-standin'))?.itemsShownInFolder as string[],
    );
  await expect.poll(shown).toEqual([place]);

  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await keys.act(seedName(1), 'Revoke…');
  await keys.dialog('Revoke key?').getByRole('button', { name: 'Revoke' }).click();
  await expect(screen.banner).toContainText('Changes of Team API are not in its last bundle.');
  await expect(keys.row(seedName(1))).toContainText('Pending');
  await expect(keys.row(seedName(2))).not.toContainText('Pending');
  await keys.row(seedName(1)).click();
  const panel = page.getByRole('complementary', { name: 'Key information' });
  await expect(panel).toContainText('Not in the last bundle yet');
  await expectAccessible(page, 'list and panel of a key that is not in the last bundle');
  await page
    .getByRole('alert')
    .filter({ hasText: 'was revoked. Services notice with the next bundle.' })
    .getByRole('button', { name: 'Export bundle' })
    .click();

  await expect(screen.result).toContainText('Changed since: 1 key revoked or removed.');
  await screen.choose('.zip file');
  await panel.waitFor({ state: 'hidden' });
  await screen.panel.getByLabel('Valid for').selectOption('custom');
  await screen.panel.getByLabel('Length of the validity').fill('400');
  await expect(screen.export).toBeDisabled();
  await expect(screen.panel.getByText(/Allowed are durations up to a year/)).toBeVisible();
  await screen.panel.getByLabel('Length of the validity').fill('3');
  await expect(screen.panel.getByText(/\(in 3 days\)/)).toBeVisible();
  await answerSaveDialog(app, join(dirname(folder), 'second'));
  await screen.export.click();
  await expect(screen.result).toContainText('Bundle 2 was exported.');
  await expect(screen.result).toContainText('3 valid, 1 refused');
  expect(
    readFileSync(join(dirname(folder), 'second.zip'))
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  const newest = screen.history.getByRole('row').nth(1);
  await expect(newest).toContainText('Ends soon');
  await expect(newest).toContainText('in 3 days');
  await expect(screen.history.getByRole('row').nth(2)).not.toContainText('Ends soon');
  await expect(screen.banner).toContainText('The last bundle of Team API ends within 7 days.');
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await expect(keys.row(seedName(1))).not.toContainText('Pending');
});

test('keys bound to addresses and tampered secrets are counted, and a failure says why', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded({
    template: 'public-private-keys',
    keys: 4,
    special: index => (index < 2 ? { allowedIps: '10.0.0.0/8' } : {}),
  });
  const screen = new ExportPage(page);
  await screen.open('Verification bundle');
  await answerSaveDialog(app, join(dirname(folder), 'no such folder', 'bundle'));
  await screen.export.click();
  await expect(screen.problem).toContainText(/no such folder/);
  await expect(screen.history).toContainText('No bundle of Support API');
  const db = new Database(join(folder, 'keysmith.db'));
  db.exec("UPDATE credential SET hint = hint || 'x' WHERE ref = (SELECT max(ref) FROM credential)");
  db.close();
  await answerSaveDialog(app, join(dirname(folder), 'bundle'));
  await screen.export.click();
  await expect(screen.result).toContainText('3 valid, 0 refused');
  await expect(screen.result).toContainText(
    '1 secret changed outside Keysmith: services know nothing of it.',
  );
  await expect(screen.result).toContainText('2 keys are bound to addresses');
  await expect(screen.problem).toHaveCount(0);
  expect(statSync(join(dirname(folder), 'bundle')).isDirectory()).toBe(true);
});

test('a new key that was saved leads to its service’s next bundle; several services are named together', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({
    keys: 1,
    also: ['public-private-keys', 'role-tokens', 'blank'],
  });
  const screen = new ExportPage(page);
  const bundle = async (service: string) => {
    await answerSaveDialog(app, join(dirname(folder), service));
    await page.evaluate(
      slug => window.keysmith.exports.bundle({ id: slug, service: slug, as: 'folder' }),
      service,
    );
  };
  const services = await page.evaluate(async () => {
    const listed = await window.keysmith.services.list();
    return listed.ok ? listed.value.map(({ slug }) => slug) : [];
  });
  for (const slug of services) await bundle(slug);
  await expect(screen.banner).toContainText('There is no backup yet.');
  await page.getByRole('navigation').getByRole('button', { name: 'Team API' }).click();
  const reveal = await keys.createKey({ name: 'fresh' });
  await reveal.confirm();
  const toast = page.getByRole('alert').filter({ hasText: 'fresh is saved.' });
  await expect(toast).toContainText('Services know it from the next bundle on.');
  await expect(screen.banner).toContainText('Changes of Team API are not in its last bundle.');
  for (const service of services.slice(0, 4))
    await page.evaluate(
      slug => window.keysmith.services.edit({ service: slug, audience: `urn:example:${slug}` }),
      service,
    );
  await expect(screen.banner).toContainText(/^Changes of .+, .+,? and 2 more services are not in their last/);
  await toast.getByRole('button', { name: 'Export bundle' }).click();
  await expect(screen.next).toContainText('1 new key');
  await expect(screen.next).toContainText('another audience');
  await expect(screen.panel.getByLabel('Service')).toHaveValue('team-api');
  await page.getByRole('navigation').getByRole('button', { name: 'Support API' }).click();
  await screen.open();
  await expect(screen.panel.getByLabel('Service'), 'the one that was looked at').toHaveValue('support-api');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Commands' }).fill('signing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Signing keys' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Commands' }).fill('export');
  await page.keyboard.press('Enter');
  await expect(screen.heading).toBeFocused();
});

test('a bundle that ended is pointed out before everything else about bundles', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded({ keys: 2 });
  await answerSaveDialog(app, join(dirname(folder), 'short'));
  await page.evaluate(() =>
    window.keysmith.exports.bundle({ id: 'short', service: 'team-api', as: 'folder', validFor: '1s' }),
  );
  const kinds = () =>
    page.evaluate(async () => {
      const warnings = await window.keysmith.bundles.warnings();
      return warnings.ok ? warnings.value.map(({ kind }) => kind) : [];
    });
  await expect.poll(kinds).toEqual(['ended']);
  await page.evaluate(name => window.keysmith.keys.revoke({ key: `team-api/${name}` }), seedName(0));
  const screen = new ExportPage(page);
  await expect(screen.banner).toContainText('The last bundle of Team API has ended.');
  await screen.banner.getByRole('button', { name: 'Export bundle' }).click();
  await expect(screen.history.getByRole('row').nth(1)).toContainText('Ended');
});

test('bundles are accessible in light and dark', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 3 });
  const screen = new ExportPage(page);
  await screen.open('Verification bundle');
  await expect(screen.next).toBeVisible();
  await expectAccessible(page, 'first bundle');
  await screen.panel.getByLabel('Valid for').selectOption('custom');
  await screen.panel.getByLabel('Length of the validity').fill('0');
  await expectAccessible(page, 'wrong validity');
  await screen.panel.getByLabel('Length of the validity').fill('2');
  await answerSaveDialog(app, join(dirname(folder), 'bundle'));
  await screen.export.click();
  await expect(screen.result).toBeVisible();
  await expect(screen.history).toContainText('Ends soon');
  await expectAccessible(page, 'bundle that was exported');
});

test('pictures of bundles', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({
    template: 'public-private-keys',
    keys: 9,
    special: index => (index < 2 ? { allowedIps: '10.0.0.0/8' } : {}),
  });
  const screen = new ExportPage(page);
  await screen.open('Verification bundle');
  await expect(screen.next).toBeVisible();
  await pictures(app, page, 'export-bundle-first');
  for (const nth of [1, 2, 3]) {
    await answerSaveDialog(app, join(dirname(folder), `bundle-${nth}`));
    await screen.export.click();
    await expect(screen.result).toContainText(`Bundle ${nth} was exported.`);
  }
  await pictures(app, page, 'export-bundle-done');
  await page.evaluate(name => window.keysmith.keys.revoke({ key: `support-api/${name}` }), seedName(4));
  await page.evaluate(name => window.keysmith.keys.disable({ key: `support-api/${name}` }), seedName(5));
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await page.locator('[role=row][data-key]').nth(4).click();
  await expect(page.getByText('Not in the last bundle yet')).toBeVisible();
  await pictures(app, page, 'export-bundle-marks');
});

test('pictures of a service with a long name and no keys', async ({ openSeeded }) => {
  const { app, page } = await openSeeded({ also: ['public-private-keys'] });
  const title = `Archive and logistics partners, ${'north-west '.repeat(8)}`.trim();
  await page.evaluate(text => window.keysmith.services.edit({ service: 'team-api', title: text }), title);
  const screen = new ExportPage(page);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Archive/ })
    .click();
  await screen.open('Verification bundle');
  await expect(screen.next).toContainText('north-west');
  await pictures(app, page, 'export-bundle-long');
  await screen.tab('Inventory');
  await pictures(app, page, 'export-inventory-none');
});
