import { type Benchmark, requireRight } from './benchmark.ts';
import type { ScrollOutput } from './children/scroll-list.ts';
import { runChild } from './run-child.ts';
import { whyNoWindow } from './why-no-window.ts';

/** Frames of each walk in a round; with few keys, enough to see that it works. */
const FRAMES = 80;
const FEW_KEYS = 100_000;
const FEW_FRAMES = 24;

export const scroll: Benchmark = {
  name: 'scroll',
  goal: 'scrolling through the rows of every key in the window, by wheel and by thumb: p95 of a frame ≤ 16.7 ms',
  grows: false,
  whyNot: whyNoWindow,
  async run({ keys, rounds, data }) {
    const folder = await data.crowd();
    const { out } = await runChild<ScrollOutput>('scroll-list', {
      folder,
      frames: keys < FEW_KEYS ? FEW_FRAMES : rounds * FRAMES,
    });
    requireRight(out.rows === keys, `the list has ${out.rows} rows, not ${keys}`);
    const most = (values: readonly number[]) => Math.max(...values);
    return {
      goals: [
        {
          name: 'a frame, p95 of the worst walk',
          // Frames come 16.67 ms apart, and their times to a tenth.
          value: Math.round(most(out.walks.map(({ p95 }) => p95)) * 10) / 10,
          unit: 'ms',
          bound: { atMost: 16.7 },
        },
      ],
      figures: out.walks.flatMap(({ by, rows, cpu, longest }) => [
        { name: `${by}, ${rows} rows: the page’s own work in a frame`, value: cpu, unit: 'ms' },
        { name: `${by}, ${rows} rows: longest frame`, value: longest, unit: 'ms' },
      ]),
      checked: [`the list has a row for each of ${keys} keys, and the last of them is shown at its end`],
    };
  },
};
