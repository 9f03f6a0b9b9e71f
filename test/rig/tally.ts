/** A test that did not run, and why. */
interface SkippedTest {
  readonly title: string;
  readonly reason: string;
}

/** What a suite of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Their titles, as far as what failed has one. */
  readonly failures: readonly string[];
  readonly skipped: readonly SkippedTest[];
}

export interface SuiteResult extends Tally {
  readonly suite: string;
}

export function passedSuite(suite: string): SuiteResult {
  return { suite, passed: 1, failed: 0, failures: [], skipped: [] };
}

/** A suite that crashed, or ran nothing, counts as one failed test. */
export function failedSuite(suite: string): SuiteResult {
  return { suite, passed: 0, failed: 1, failures: [suite], skipped: [] };
}

/** Counts as one failure more when nothing failed or nothing ran, and the tool that ran it says otherwise. */
export function suiteResult(suite: string, tally: Tally, status: number | null): SuiteResult {
  const crashed = tally.failed === 0 && (status !== 0 || tally.passed + tally.skipped.length === 0);
  return crashed ? { ...tally, suite, failed: 1, failures: [suite] } : { ...tally, suite };
}

export function sumTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    failures: tallies.flatMap(tally => tally.failures),
    skipped: tallies.flatMap(tally => tally.skipped),
  };
}

/** The one line that the whole run ends with: `N passed, N failed`, and `, N skipped` where some were. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;
}
