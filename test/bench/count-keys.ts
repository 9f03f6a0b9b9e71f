import { type Benchmark, requireRight } from './benchmark.ts';
import type { CountsOutput } from './children/count-keys.ts';
import { runChild } from './run-child.ts';
import { median, percentile } from './statistics.ts';

/** How often each question is asked in a round. */
const TIMES = 5;

export const countKeys: Benchmark = {
  name: 'count-keys',
  goal: 'numbers of the filter panel: ≤ 5 ms unfiltered, p95 ≤ 300 ms under filters, and no page that waits for them',
  grows: true,
  async run({ rounds, data }) {
    const folder = await data.crowd();
    const runs: CountsOutput[] = [];
    for (let round = 0; round < rounds; round += 1)
      runs.push(
        (await runChild<CountsOutput>('count-keys', { folder, times: TIMES, compared: round === 0 })).out,
      );
    const compared = runs[0]?.compared ?? 0;
    requireRight(compared > 0, 'no number was compared with a plain scan');
    const all = (name: 'unfiltered' | 'filtered' | 'pages') => runs.flatMap(run => run[name]);
    const p95 = (name: 'unfiltered' | 'filtered' | 'pages') => percentile(all(name), 95);
    return {
      goals: [
        { name: 'unfiltered, p95', value: p95('unfiltered'), unit: 'ms', bound: { atMost: 5 } },
        { name: 'under filters, p95', value: p95('filtered'), unit: 'ms', bound: { atMost: 300 } },
        { name: 'a page meanwhile, p95', value: p95('pages'), unit: 'ms', bound: { atMost: 16 } },
      ],
      figures: [
        { name: 'under filters, median', value: median(all('filtered')), unit: 'ms' },
        {
          name: 'the first numbers under a filter after opening',
          value: median(runs.map(({ first }) => first)),
          unit: 'ms',
        },
      ],
      growth: [{ name: 'numbers under filters, p95', value: p95('filtered'), unit: 'ms' }],
      checked: [`of ${compared} lists, the numbers are those of a plain scan of all keys`],
    };
  },
};
