import { type Benchmark, type Figure, rateGoal, requireRight } from './benchmark.ts';
import { exportBundleOf } from './bundle-of.ts';
import type { VerifyOutput } from './children/verify-opaque.ts';
import { jwtsOf } from './data-sets.ts';
import { runChild } from './run-child.ts';
import { median } from './statistics.ts';

export const verifyJwt: Benchmark = {
  name: 'verify-jwt',
  goal: 'verdicts on JWTs (ES256) against a loaded bundle: at least 0.8 of the rate of jose’s bare `jwtVerify`',
  grows: false,
  async run(context) {
    const expected = jwtsOf(context.keys);
    const { secrets } = await context.data.imported('jwt');
    const { bundle, trust } = await exportBundleOf('jwt', context, expected);
    const { out } = await runChild<VerifyOutput>('verify-jwt', {
      bundle,
      trust,
      secrets,
      rounds: context.rounds,
    });
    requireRight(out.verified === expected, `${out.verified} tokens were verified, not ${expected}`);
    const rate = (name: string, rates: readonly number[]): Figure => ({
      name,
      value: median(rates),
      unit: '/s',
    });
    return {
      goals: [rateGoal('verdicts', rate('Keysmith', out.rates.work), rate('jose', out.rates.reference), 0.8)],
      figures: [{ name: 'opening the bundle', value: out.openMs / 1000, unit: 's' }],
      checked: [
        `${expected} tokens are valid, each of its own key; jose says the same`,
        `${expected} tokens with another signature are refused`,
      ],
    };
  },
};
