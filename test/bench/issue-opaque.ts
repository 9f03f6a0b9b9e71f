import { join } from 'node:path';
import { type Benchmark, type Figure, rateGoal, requireRight } from './benchmark.ts';
import type { BareOutput } from './children/insert-bare.ts';
import type { IssueOutput } from './children/issue-keys.ts';
import { runChild } from './run-child.ts';
import { median, takeTurns } from './statistics.ts';

export const issueOpaque: Benchmark = {
  name: 'issue-opaque',
  goal: 'opaque keys from a CSV, durable: 0.7 of the rate of the same rows inserted bare into the same schema',
  grows: true,
  async run({ keys: all, rounds, folder, data }) {
    const keys = Math.ceil(all / 10);
    const place = (round: number) => join(folder, String(round));
    const turns = await takeTurns(
      rounds,
      async round =>
        (
          await runChild<IssueOutput>('issue-keys', {
            folder: place(round),
            kind: 'opaque',
            keys,
            find: true,
          })
        ).out,
      async round =>
        (
          await runChild<BareOutput>('insert-bare', {
            from: join(place(round), 'data'),
            into: join(place(round), 'empty'),
          })
        ).out,
    );
    requireRight(
      turns.reference.every(each => each.keys === keys),
      `another number of keys than ${keys} was inserted bare`,
    );
    const rate = (name: string, times: readonly { readonly ms: number }[]): Figure => ({
      name,
      value: keys / (median(times.map(({ ms }) => ms)) / 1000),
      unit: 'keys/s',
    });
    const { made } = await data.imported('opaque');
    return {
      goals: [rateGoal('rate', rate('Keysmith', turns.work), rate('bare rows', turns.reference), 0.7)],
      figures: [
        { name: 'keys issued', value: keys, unit: 'keys' },
        {
          name: 'checking the file',
          value: median(turns.work.map(({ checkMs }) => checkMs)) / 1000,
          unit: 's',
        },
        {
          name: `${all.toLocaleString('en-US')} keys, when their data set was made`,
          value: all / (made.ms / 1000),
          unit: 'keys/s',
        },
      ],
      growth: [{ name: 'issuing every key from a CSV', value: made.ms, unit: 'ms' }],
      checked: [`each of ${keys} names has its key and its secret`],
    };
  },
};
