import { join } from 'node:path';
import { type Benchmark, type Figure, rateGoal } from './benchmark.ts';
import type { IssueOutput } from './children/issue-keys.ts';
import type { SignOutput } from './children/sign-bare.ts';
import { jwtsOf } from './data-sets.ts';
import { runChild } from './run-child.ts';
import { median, takeTurns } from './statistics.ts';

export const issueJwt: Benchmark = {
  name: 'issue-jwt',
  goal: 'JWT keys (ES256) from a CSV, durable: 0.8 of the rate of jose’s bare `SignJWT`',
  grows: false,
  async run({ keys: all, rounds, folder }) {
    const keys = jwtsOf(all);
    const turns = await takeTurns(
      rounds,
      async round =>
        (
          await runChild<IssueOutput>('issue-keys', {
            folder: join(folder, String(round)),
            kind: 'jwt',
            keys,
            find: true,
          })
        ).out.ms,
      async () => (await runChild<SignOutput>('sign-bare', { tokens: keys })).out.ms,
    );
    const rate = (name: string, times: readonly number[]): Figure => ({
      name,
      value: keys / (median(times) / 1000),
      unit: 'keys/s',
    });
    return {
      goals: [rateGoal('rate', rate('Keysmith', turns.work), rate('jose', turns.reference), 0.8)],
      figures: [{ name: 'keys issued', value: keys, unit: 'keys' }],
      checked: [`each of ${keys} names has its key and its token`],
    };
  },
};
