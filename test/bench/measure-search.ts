import type { Page } from '@playwright/test';
import { KeysPage } from '../e2e/pages/keys-page.ts';

/** How many keys are searched for, one after the other. */
const SEARCHES = 5;

/**
 * Searches for keys by their whole names, and measures how long each takes from the input to the row on the screen: the
 * pause that the field waits for more input is part of it.
 *
 * @param page shows the list of keys
 */
export async function measureSearch(page: Page): Promise<readonly number[]> {
  const { search, rows, grid } = new KeysPage(page);
  const place = await page
    .getByRole('columnheader', { name: 'Name', exact: true })
    .getAttribute('aria-colindex');
  // Not the first: each is to change what stands in the first row.
  const keys = await rows.evaluateAll(
    (elements, { column, count }) =>
      elements.slice(1, count + 1).map(element => ({
        id: element.getAttribute('data-key') ?? '',
        name: element.querySelector(`[aria-colindex="${column}"]`)?.textContent ?? '',
      })),
    { column: place, count: SEARCHES },
  );
  const times: number[] = [];
  for (const { id, name } of keys) {
    const shown = page.evaluate(untilFirst, id);
    await search.fill(name);
    times.push(await shown);
  }
  await search.fill('');
  await grid.locator('[data-row="1"][data-key]').waitFor();
  return times;
}

/** Runs in the page: milliseconds from the next input until the first row is this key's, and painted. */
function untilFirst(id: string): Promise<number> {
  return new Promise(resolve => {
    let begun = 0;
    document.addEventListener(
      'input',
      () => {
        begun = performance.now();
      },
      { once: true, capture: true },
    );
    const frame = () => {
      const first = document.querySelector('[role=row][data-row="0"]');
      if (begun > 0 && first?.getAttribute('data-key') === id) resolve(performance.now() - begun);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
