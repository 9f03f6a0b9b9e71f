import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { ExportPage } from '../pages/export-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { seedName } from '../seed.ts';

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
  await expect(screen.panel).toContainText('All services, expiring within 14 days.');
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
