import { type Benchmark, requireRight } from './benchmark.ts';
import type { PagesOutput } from './children/list-pages.ts';
import { LIST_MIXES, type MixKind } from './list-mixes.ts';
import { runChild } from './run-child.ts';
import { median, percentile } from './statistics.ts';

/** How often each mix is asked in a round. */
const TIMES = 10;
const SIMPLE: readonly MixKind[] = ['browse', 'one filter'];

export const listPages: Benchmark = {
  name: 'list-pages',
  goal: `a page of 100 keys for ${LIST_MIXES.length} mixes of search, filter and sort: p95 ≤ 16 ms to browse and with one filter, ≤ 50 ms over all`,
  grows: true,
  async run({ rounds, data }) {
    const folder = await data.crowd();
    const runs: PagesOutput[] = [];
    for (let round = 0; round < rounds; round += 1)
      runs.push(
        (await runChild<PagesOutput>('list-pages', { folder, times: TIMES, compared: round === 0 })).out,
      );
    const compared = runs[0]?.compared ?? 0;
    requireRight(compared === LIST_MIXES.length, `${compared} pages were compared with a plain scan`);

    const mixes = runs.flatMap(run => run.mixes);
    const all = mixes.flatMap(({ again }) => again);
    const simple = mixes.filter(({ kind }) => SIMPLE.includes(kind)).flatMap(({ again }) => again);
    const first = mixes.flatMap(mix => mix.first);
    const slowest = LIST_MIXES.map((_, nth) => ({
      name: runs[0]?.mixes[nth]?.name ?? '',
      ms: percentile(
        runs.flatMap(run => run.mixes[nth]?.again ?? []),
        95,
      ),
    })).sort((a, b) => b.ms - a.ms);
    return {
      goals: [
        {
          name: 'browsing and one filter, p95',
          value: percentile(simple, 95),
          unit: 'ms',
          bound: { atMost: 16 },
        },
        { name: 'all mixes together, p95', value: percentile(all, 95), unit: 'ms', bound: { atMost: 50 } },
      ],
      figures: [
        { name: 'all mixes together, median', value: median(all), unit: 'ms' },
        { name: 'right after a change: all mixes, median', value: median(first), unit: 'ms' },
        { name: 'right after a change: all mixes, p95', value: percentile(first, 95), unit: 'ms' },
        ...slowest
          .slice(0, 3)
          .map(({ name, ms }) => ({ name: `slow mix ${name}, p95`, value: ms, unit: 'ms' })),
      ],
      growth: [{ name: 'a page, p95 of all mixes', value: percentile(all, 95), unit: 'ms' }],
      checked: [`the pages of ${compared} mixes are those that a plain scan and sort of all keys gives`],
    };
  },
};
