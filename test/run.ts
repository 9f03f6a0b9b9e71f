/**
 * The whole test run, as `npm test` starts it: prepares the machine, builds, runs every suite, and ends with one
 * line alone: `N passed, N failed`, and `, N skipped` where some were.
 */
import { runReadme } from './docs/run-readme.ts';
import { PLAYWRIGHT_SUITES, runPlaywright } from './rig/playwright-suite.ts';
import { runTool } from './rig/run-tool.ts';
import { runStaticSuite, STATIC_SUITES } from './rig/static-suites.ts';
import { prepareSystem } from './rig/system-packages.ts';
import { closingLine, failedSuite, passedSuite, type SuiteResult, sumTallies } from './rig/tally.ts';
import { runVitest } from './rig/vitest-suite.ts';

type Suite = readonly [name: string, run: () => SuiteResult];

const suites: readonly Suite[] = [
  ['build', build],
  ...STATIC_SUITES.map((suite): Suite => [suite.name, () => runStaticSuite(suite)]),
  ...['unit', 'integration'].map((project): Suite => [project, () => runVitest(project)]),
  ...Object.entries(PLAYWRIGHT_SUITES).map(([name, args]): Suite => [name, () => runPlaywright(name, args)]),
  ['README.md on a fresh clone', runReadme],
];

prepareSystem();
const results = suites.map(runSuite);
const total = sumTallies(results);
for (const { title, reason } of total.skipped) console.log(`skipped: ${title}: ${reason}`);
for (const failure of total.failures) console.log(`failed: ${failure}`);
console.log(closingLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;

function build(): SuiteResult {
  const built =
    runTool('vite', ['build', '--app', '--logLevel', 'warn']) === 0 &&
    runTool('typescript', ['--project', 'tsconfig.verify.json']) === 0;
  return built ? passedSuite('build') : failedSuite('build');
}

function runSuite([name, run]: Suite): SuiteResult {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const result = attempt(name, run);
  console.log(`${name}: ${closingLine(result)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

function attempt(name: string, run: () => SuiteResult): SuiteResult {
  try {
    return run();
  } catch (error) {
    console.error(error);
    return failedSuite(name);
  }
}
