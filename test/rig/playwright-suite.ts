import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';
import { type SuiteResult, suiteResult, type Tally } from './tally.ts';

/** What Playwright's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly suites: readonly ReportSuite[];
  readonly errors: readonly unknown[];
}
interface ReportSuite {
  readonly specs: readonly ReportSpec[];
  readonly suites?: readonly ReportSuite[];
}
interface ReportSpec {
  readonly title: string;
  readonly tests: readonly {
    readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
    readonly annotations: readonly { readonly type: string; readonly description?: string }[];
  }[];
}

/** Playwright's suites, as arguments of its command. Pictures are taken on demand alone. */
export const PLAYWRIGHT_SUITES: Readonly<Record<string, readonly string[]>> = {
  electron: ['--config', 'test/electron/playwright.config.ts'],
  'end to end': ['--config', 'test/e2e/playwright.config.ts', '--project', 'stories'],
};

export function runPlaywright(suite: string, args: readonly string[]): SuiteResult {
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-tally-'));
  const file = join(folder, 'report.json');
  try {
    const status = runTool('@playwright/test', ['test', ...args, '--reporter', 'list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    return suiteResult(suite, tallyOf(JSON.parse(readFileSync(file, 'utf8')) as Report), status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tallyOf({ suites, errors }: Report): Tally {
  const tests = suites
    .flatMap(allSpecs)
    .flatMap(({ title, tests }) => tests.map(({ status, annotations }) => ({ title, status, annotations })));
  // Windows on a busy machine: what passes at a later try has passed, and is named so that it can be mended.
  for (const { title } of tests.filter(({ status }) => status === 'flaky'))
    console.log(`passed only at a later try: ${title}`);
  return {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: tests.filter(({ status }) => status === 'unexpected').length + errors.length,
    failures: tests.filter(({ status }) => status === 'unexpected').map(({ title }) => title),
    skipped: tests
      .filter(({ status }) => status === 'skipped')
      .map(({ title, annotations }) => ({ title, reason: reasonOf(annotations) })),
  };
}

function allSpecs({ specs, suites = [] }: ReportSuite): readonly ReportSpec[] {
  return [...specs, ...suites.flatMap(allSpecs)];
}

function reasonOf(annotations: ReportSpec['tests'][number]['annotations']): string {
  return (
    annotations.find(({ type, description }) => type === 'skip' && description)?.description ??
    'no reason given'
  );
}
