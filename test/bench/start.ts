import { SEED_PASSPHRASE } from '../e2e/seed.ts';
import { type Benchmark, requireRight } from './benchmark.ts';
import { measureStart, type StartTimes } from './measure-start.ts';
import { median } from './statistics.ts';

/** Starts of a round. */
const STARTS = 3;

export const start: Benchmark = {
  name: 'start',
  goal: 'from loading the main bundle to the first page of 100 keys: at most 300 ms',
  grows: true,
  async run({ rounds, data }) {
    const times = await measureStart(await data.crowd(), SEED_PASSPHRASE, rounds * STARTS);
    requireRight(
      times.every(({ rows }) => rows === 100),
      'a first page has another number of keys than 100',
    );
    const part = (name: keyof StartTimes) => median(times.map(each => each[name]));
    return {
      goals: [{ name: 'time', value: part('total'), unit: 'ms', bound: { atMost: 300 } }],
      figures: [
        { name: 'loading the bundle', value: part('load'), unit: 'ms' },
        { name: 'opening the installation', value: part('open'), unit: 'ms' },
        { name: 'the first page', value: part('page'), unit: 'ms' },
      ],
      growth: [{ name: 'start to the first page', value: part('total'), unit: 'ms' }],
      checked: ['each start has a first page of 100 keys'],
    };
  },
};
