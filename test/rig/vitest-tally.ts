import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import type { Tally } from './tally.ts';

/** Names the file that the tally is written to. */
export const TALLY_FILE = 'VITEST_TALLY_FILE';

/** A Vitest reporter that counts; Vitest's own JSON leaves out why a test was skipped. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const path = process.env[TALLY_FILE];
    if (path !== undefined) writeFileSync(path, JSON.stringify(tallyOf(modules, errors)));
  }
}

function tallyOf(modules: readonly TestModule[], errors: readonly SerializedError[]): Tally {
  const tests = modules.flatMap(module => [...module.children.allTests()]);
  // A file that does not load, a hook that throws and an error outside all tests are failures without a test.
  const broken = modules.flatMap(module => [
    ...module.errors(),
    ...[...module.children.allSuites()].flatMap(suite => suite.errors()),
  ]);
  const states = tests.map(test => test.result());
  const failed = tests.filter(test => !['passed', 'skipped'].includes(test.result().state));
  return {
    passed: states.filter(({ state }) => state === 'passed').length,
    failed: failed.length + broken.length + errors.length,
    failures: [
      ...failed.map(
        test => `${test.module.relativeModuleId}: ${test.fullName}: ${test.result().errors?.[0]?.message}`,
      ),
      ...[...broken, ...errors].map(({ message }) => message),
    ],
    skipped: tests.flatMap(test => {
      const result = test.result();
      return result.state === 'skipped'
        ? [{ title: test.fullName, reason: result.note ?? 'no reason given' }]
        : [];
    }),
  };
}
