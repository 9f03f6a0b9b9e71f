import { dirname, join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { seedName } from '../seed.ts';

const KEYS = 10_000;

test('while keys are exported, the window scrolls and a search answers', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: KEYS });
  await answerSaveDialog(app, join(dirname(folder), 'all.csv'));
  // One export after the other until it is told to stop, so that there is always one.
  const exported = page.evaluate(async total => {
    const filter = {};
    const sort = { field: 'name', descending: false } as const;
    const ends: unknown[] = [];
    while (!Reflect.has(window, 'enough')) {
      const answer = await window.keysmith.exports.inventory({
        id: `export-${ends.length}`,
        keys: { kind: 'matching', filter, sort },
        removed: false,
        format: 'csv',
        columns: ['id', 'name'],
        bom: false,
        sign: false,
      });
      ends.push(answer.ok && answer.value ? answer.value.rows : answer);
    }
    return ends.every(rows => rows === total) ? ends.length : ends;
  }, KEYS);

  const first = await keys.rows.first().getAttribute('data-key');
  await keys.grid.evaluate(grid => grid.scrollTo(0, grid.scrollHeight / 2));
  await expect(keys.rows.first()).not.toHaveAttribute('data-key', first ?? '');
  await expect(keys.rows.first().getByRole('gridcell').first()).toBeVisible();
  const name = seedName(KEYS / 2);
  await keys.search.fill(name);
  await expect(keys.row(name)).toBeVisible();
  await expect(keys.rows).toHaveCount(1);

  await page.evaluate(() => Reflect.set(window, 'enough', true));
  expect(await exported).toBeGreaterThan(0);
});
