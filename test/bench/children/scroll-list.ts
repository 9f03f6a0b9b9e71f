/** Opens the app on the list of all keys, and scrolls through it: alone, and while every key is exported. */
import { KeysPage } from '../../e2e/pages/keys-page.ts';
import { measureScroll, type ScrollMeasure, type Walk } from '../measure-scroll.ts';
import { measureSearch } from '../measure-search.ts';
import { answer } from './answer.ts';
import { whileExporting } from './export-meanwhile.ts';
import { withWindow } from './open-window.ts';

export interface ScrollInput {
  readonly folder: string;
  /** Where a file may be written. */
  readonly out: string;
  /** Of each walk. */
  readonly frames: number;
}

export interface ScrollOutput {
  readonly walks: readonly ScrollMeasure[];
  /** Those while every key was exported. */
  readonly meanwhile: readonly ScrollMeasure[];
  /** How long searches took then until their key was shown, in milliseconds. */
  readonly searches: readonly number[];
  /** The rows that each export wrote meanwhile. */
  readonly exported: readonly number[];
  /** How many keys the list has. */
  readonly rows: number;
}

const ALONE: readonly Walk[] = [
  { by: 'wheel', rows: 'cold rows' },
  { by: 'wheel', rows: 'warm rows' },
  { by: 'drag', rows: 'cold rows' },
  { by: 'drag', rows: 'warm rows' },
];
const MEANWHILE: readonly Walk[] = [
  { by: 'wheel', rows: 'while every key is exported' },
  { by: 'drag', rows: 'while every key is exported' },
];

await answer(({ folder, out, frames }: ScrollInput) =>
  withWindow(folder, async (page, app): Promise<ScrollOutput> => {
    const { grid } = new KeysPage(page);
    const measureAll = async (walks: readonly Walk[]) => {
      const measures: ScrollMeasure[] = [];
      for (const walk of walks) measures.push(await measureScroll(page, walk, frames));
      return measures;
    };
    const walks = await measureAll(ALONE);
    const { result, exported } = await whileExporting(app, page, out, async () => ({
      meanwhile: await measureAll(MEANWHILE),
      searches: await measureSearch(page),
    }));
    // The head is a row as well.
    const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
    await grid.evaluate(element => {
      element.scrollTop = element.scrollHeight;
    });
    await page.locator(`[role=row][data-row="${rows - 1}"][data-key]`).waitFor();
    return { walks, ...result, exported, rows };
  }),
);
