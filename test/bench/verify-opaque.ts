import { type Benchmark, requireRight } from './benchmark.ts';
import { exportBundleOf } from './bundle-of.ts';
import type { VerifyOutput } from './children/verify-opaque.ts';
import { runChild } from './run-child.ts';
import { median } from './statistics.ts';

export const verifyOpaque: Benchmark = {
  name: 'verify-opaque',
  goal: 'verdicts on opaque tokens against a loaded bundle: at least 100,000 a second, beside bare SHA-256',
  grows: false,
  async run(context) {
    const { keys, rounds } = context;
    const { secrets } = await context.data.imported('opaque');
    const { bundle, trust } = await exportBundleOf('opaque', context, keys);
    const { out, peak } = await runChild<VerifyOutput>('verify-opaque', { bundle, trust, secrets, rounds });
    requireRight(out.verified === keys, `${out.verified} tokens were verified, not ${keys}`);
    return {
      goals: [
        {
          name: 'verdicts',
          value: median(out.rates.work),
          unit: '/s',
          bound: { atLeast: 100_000 },
          reference: { name: 'bare SHA-256', value: median(out.rates.reference), unit: '/s' },
        },
      ],
      figures: [
        { name: 'opening the bundle', value: out.openMs / 1000, unit: 's' },
        { name: 'memory of the process, tokens included', value: peak / 1e6, unit: 'MB' },
      ],
      checked: [
        `${keys} tokens are valid, each of its own key`,
        `${keys} tokens that were never issued are unknown`,
      ],
    };
  },
};
