import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';
import { type SuiteResult, suiteResult, type Tally } from './tally.ts';
import { TALLY_FILE } from './vitest-tally.ts';

/** Runs one Vitest project. Having failed without a failed test, it crashed, which is a failure too. */
export function runVitest(project: string): SuiteResult {
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const status = runTool(
      'vitest',
      ['run', '--project', project, '--reporter', 'default', '--reporter', './test/rig/vitest-tally.ts'],
      { [TALLY_FILE]: file },
    );
    const tally = JSON.parse(readFileSync(file, 'utf8')) as Tally;
    return suiteResult(project, tally, status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
