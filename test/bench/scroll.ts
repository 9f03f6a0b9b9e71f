import { join } from 'node:path';
import { type Benchmark, requireRight } from './benchmark.ts';
import type { ScrollInput, ScrollOutput } from './children/scroll-list.ts';
import { runChild } from './run-child.ts';
import { median } from './statistics.ts';
import { whyNoWindow } from './why-no-window.ts';

/** Frames of each walk in a round; with few keys, enough to see that it works. */
const FRAMES = 80;
const FEW_KEYS = 100_000;
const FEW_FRAMES = 24;
/** What a frame may take, in milliseconds: that of a screen with 60 a second. */
const FRAME = 16.7;

export const scroll: Benchmark = {
  name: 'scroll',
  goal: `scrolling through the rows of every key in the window, by wheel and by thumb, alone and while every key is exported: p95 of a frame ≤ ${FRAME} ms`,
  grows: false,
  whyNot: whyNoWindow,
  async run({ keys, rounds, data, folder }) {
    const { out } = await runChild<ScrollOutput>('scroll-list', {
      folder: await data.crowd(),
      out: join(folder, 'keys.csv'),
      frames: keys < FEW_KEYS ? FEW_FRAMES : rounds * FRAMES,
    } satisfies ScrollInput);
    requireRight(out.rows === keys, `the list has ${out.rows} rows, not ${keys}`);
    requireRight(
      out.exported.length > 0 && out.exported.every(rows => rows === keys),
      `exports wrote ${out.exported.join(', ')} rows, not ${keys} each`,
    );
    const worst = (walks: ScrollOutput['walks']) => Math.max(...walks.map(({ p95 }) => p95));
    return {
      goals: [
        {
          name: 'a frame, p95 of the worst walk',
          value: worst(out.walks),
          unit: 'ms',
          bound: { atMost: FRAME },
        },
        {
          name: 'the same while every key is exported',
          value: worst(out.meanwhile),
          unit: 'ms',
          bound: { atMost: FRAME },
        },
      ],
      figures: [
        ...[...out.walks, ...out.meanwhile].flatMap(({ by, rows, cpu, longest }) => [
          { name: `${by}, ${rows}: the page’s own work in a frame`, value: cpu, unit: 'ms' },
          { name: `${by}, ${rows}: longest frame`, value: longest, unit: 'ms' },
        ]),
        {
          name: 'a search while every key is exported, from the input to its row',
          value: median(out.searches),
          unit: 'ms',
        },
      ],
      checked: [
        `the list has a row for each of ${keys} keys, and the last of them is shown at its end`,
        `each of ${out.exported.length} exports meanwhile wrote them all, and each search found its key`,
      ],
    };
  },
};
