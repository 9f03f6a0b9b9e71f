/** Opens the app on the list of all keys, and scrolls through it. */
import { KeysPage } from '../../e2e/pages/keys-page.ts';
import { measureScroll, type ScrollMeasure } from '../measure-scroll.ts';
import { answer } from './answer.ts';
import { withWindow } from './open-window.ts';

export interface ScrollOutput {
  readonly walks: readonly ScrollMeasure[];
  /** How many keys the list has. */
  readonly rows: number;
}

await answer(({ folder, frames }: { folder: string; frames: number }) =>
  withWindow(folder, async (page): Promise<ScrollOutput> => {
    const { grid } = new KeysPage(page);
    const walks = await measureScroll(page, frames);
    // The head is a row as well.
    const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
    await grid.evaluate(element => {
      element.scrollTop = element.scrollHeight;
    });
    await page.locator(`[role=row][data-row="${rows - 1}"][data-key]`).waitFor();
    return { walks, rows };
  }),
);
