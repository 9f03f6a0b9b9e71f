import { runTool } from './run-tool.ts';
import { failedSuite, passedSuite, type SuiteResult } from './tally.ts';

interface StaticSuite {
  readonly name: string;
  readonly packageName: string;
  readonly args: readonly string[];
}

/** Checks that look at the sources only; each counts as one test. */
export const STATIC_SUITES: readonly StaticSuite[] = [
  {
    name: 'lint, format and import arrows',
    packageName: '@biomejs/biome',
    args: ['check', '--error-on-warnings', '.'],
  },
  { name: 'types', packageName: 'typescript', args: ['--noEmit'] },
];

export function runStaticSuite({ name, packageName, args }: StaticSuite): SuiteResult {
  return runTool(packageName, args) === 0 ? passedSuite(name) : failedSuite(name);
}
