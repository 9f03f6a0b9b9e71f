import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { ExportPage } from '../pages/export-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { seedName } from '../seed.ts';
import { pictures } from '../take-picture.ts';

/** The names in a CSV whose columns are the names alone. */
const namesIn = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1);

test('the keys of a filtered list are exported, and no others', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({
    keys: 6,
    special: index => (index % 2 ? { expires: '5d' } : {}),
  });
  const path = join(dirname(folder), 'soon.csv');
  await keys.filter.choice('Expires within', '14 days').check();
  await expect(keys.rows).toHaveCount(3);
  const screen = new ExportPage(page);
  await screen.open();
  await expect(screen.heading).toBeFocused();
  await expect(screen.keys('The keys of the list (3)')).toBeChecked();
  await expect(screen.panel).toContainText('Team API, expiring within 14 days.');
  await expect(screen.keys('All keys (6)')).not.toBeChecked();

  await screen.box('All columns').uncheck();
  await expect(screen.panel).toContainText('Choose at least one column.');
  await expect(screen.export).toBeDisabled();
  await screen.box('Name').check();
  await answerSaveDialog(app, null);
  await screen.export.click();
  await expect(screen.export, 'the question where to was cancelled').toBeEnabled();
  await answerSaveDialog(app, path);
  await screen.export.click();
  await expect(screen.result).toContainText('3 keys were exported.');
  await expect(screen.result).toContainText(path);
  await expect(screen.export).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: '3 keys were exported.' })).toBeAttached();
  expect(namesIn(path)).toEqual([5, 3, 1].map(seedName));
  expect(readdirSync(dirname(folder)).sort(), 'nothing beside it').toEqual(['data', 'soon.csv']);

  await screen.showInFolder();
  const shown = () =>
    app.evaluate(
      () => Reflect.get(globalThis, Symbol.for('electron-standin'))?.itemsShownInFolder as string[],
    );
  await expect.poll(shown).toEqual([path]);

  await screen.keys('All keys').check();
  await screen.export.click();
  await expect(screen.result).toContainText('6 keys were exported.');
  expect(namesIn(path)).toHaveLength(6);
});

test('the keys that were picked are exported, signed, in the format that was chosen', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 5 });
  const path = join(dirname(folder), 'picked.ndjson');
  await keys.tick(seedName(1)).click();
  await keys.tick(seedName(3)).click();
  await keys.selected('2').waitFor();
  await keys.tools.getByRole('button', { name: 'Export selection' }).click();
  const screen = new ExportPage(page);
  await expect(screen.heading).toBeFocused();
  await expect(screen.keys('The keys you picked (2)')).toBeChecked();
  await expect(screen.box('With removed keys'), 'only what was picked').toBeDisabled();
  await screen.box('Byte order mark').check();
  await screen.choose('NDJSON');
  await expect(screen.box('Byte order mark')).not.toBeChecked();
  await expect(screen.box('Byte order mark')).toBeDisabled();
  await screen.box('Signed').check();
  await answerSaveDialog(app, path);
  await screen.export.click();
  await expect(screen.result).toContainText('2 keys were exported and signed.');
  await expect(screen.result).toContainText(`${path}.jws`);
  const text = readFileSync(path);
  const listed = text
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { name: string });
  expect(listed.map(({ name }) => name).sort()).toEqual([1, 3].map(seedName));
  const [, payload = ''] = readFileSync(`${path}.jws`, 'utf8').split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    file: 'picked.ndjson',
    rows: 2,
    sha256: createHash('sha256').update(text).digest('hex'),
  });

  await page.getByRole('navigation').getByRole('button', { name: 'Signing keys' }).click();
  await screen.open();
  await expect(screen.result, 'what was done is still there').toContainText('2 keys were exported');
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await screen.open();
  await expect(screen.keys('The keys you picked')).toHaveCount(0);
  await expect(screen.keys('All keys (5)')).toBeChecked();
});

test('a CSV starts with a byte order mark and ends with removed keys where that is asked for', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 2 });
  const path = join(dirname(folder), 'all.csv');
  await expect(keys.rows).toHaveCount(2);
  await page.evaluate(name => window.keysmith.keys.remove({ key: `team-api/${name}` }), seedName(0));
  await expect(keys.rows).toHaveCount(1);
  const screen = new ExportPage(page);
  await screen.open();
  await screen.box('With removed keys').check();
  await screen.box('Byte order mark').check();
  await screen.box('All columns').uncheck();
  await screen.box('Status').check();
  await screen.box('Name').check();
  await answerSaveDialog(app, path);
  await screen.export.click();
  await expect(screen.result).toContainText('2 keys were exported.');
  expect(readFileSync(path, 'utf8')).toBe(
    `\uFEFFname,status\r\n${seedName(1)},active\r\n${seedName(0)},removed\r\n`,
  );
});

test('an export that cannot be written says why, and the next one is not held up', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded({ keys: 1 });
  const screen = new ExportPage(page);
  await screen.open();
  await answerSaveDialog(app, join(dirname(folder), 'no such folder', 'keys.csv'));
  await screen.export.click();
  await expect(screen.problem).toContainText(/no such folder/);
  await expect(screen.export).toBeFocused();
  await expectAccessible(page, 'a failed export');
  await answerSaveDialog(app, join(dirname(folder), 'keys.csv'));
  await screen.export.click();
  await expect(screen.result).toContainText('1 key was exported.');
  await expect(screen.problem).toHaveCount(0);
});

test('a long export shows how far it is, and leaves nothing behind when it is cancelled', async ({
  openSeeded,
  folder,
}) => {
  test.setTimeout(120_000);
  const { app, page } = await openSeeded({
    keys: 60_000,
    special: () => ({ description: 'what it is for '.repeat(130) }),
  });
  const screen = new ExportPage(page);
  await screen.open();
  // The slowest of the formats, and the longest descriptions: there has to be time to cancel.
  await screen.choose('JSON');
  await answerSaveDialog(app, join(dirname(folder), 'keys.json'));
  await screen.export.click();
  await expect(screen.progress).toBeVisible();
  await expect(screen.panel.getByText(/^[\d,.]+ of 60.000 keys$/)).toBeVisible();
  // At once: the export does not wait for a picture, nor for a pointer that waits until the button stands still.
  await screen.cancel.press('Enter');
  await expect(screen.panel).toContainText('Cancelled: nothing was written.');
  await expect(screen.problem).toHaveCount(0);
  await expect(screen.export).toBeFocused();
  expect(readdirSync(dirname(folder))).toEqual(['data']);
});

test('an export goes on while another screen is shown', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 3000 });
  const path = join(dirname(folder), 'keys.csv');
  const screen = new ExportPage(page);
  await screen.open();
  await answerSaveDialog(app, path);
  await screen.export.press('Enter');
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await expect.poll(() => existsSync(path)).toBe(true);
  await screen.open();
  await expect(screen.result).toContainText('3,000 keys were exported.');
});

test('the inventory is accessible in light and dark', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 3 });
  await keys.tick(seedName(1)).click();
  await keys.tools.getByRole('button', { name: 'Export selection' }).click();
  const screen = new ExportPage(page);
  await screen.box('Owner').uncheck();
  await screen.box('Signed').check();
  await expectAccessible(page, 'inventory');
  await answerSaveDialog(app, join(dirname(folder), 'keys.csv'));
  await screen.export.click();
  await expect(screen.result).toBeVisible();
  await expectAccessible(page, 'inventory that was exported');
});

test('pictures of the inventory', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 12 });
  const screen = new ExportPage(page);
  await keys.filter.choice('Permission', 'View computers').check();
  await keys.filter.choice('Status', 'Active').check();
  await keys.tick(seedName(3)).click();
  await keys.tools.getByRole('button', { name: 'Export selection' }).click();
  await pictures(app, page, 'export-inventory');
  await screen.box('Signed').check();
  await answerSaveDialog(
    app,
    join(dirname(folder), 'an inventory with a rather long name for the auditor.csv'),
  );
  await screen.export.click();
  await expect(screen.result).toBeVisible();
  await pictures(app, page, 'export-inventory-done');
  await answerSaveDialog(app, join(dirname(folder), 'no such folder', 'keys.csv'));
  await screen.export.click();
  await expect(screen.problem).toBeVisible();
  await pictures(app, page, 'export-inventory-failed');
});
