/**
 * How fast, and in how much memory, the keys of a data folder leave it. Every measure runs in a process of its own;
 * what it grew by is counted from one that only opens the installation.
 *
 * `node test/bench/measure-export.ts FOLDER csv:created bundle:orders-api verify`
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  /** Keys, credentials or entries of the log. */
  readonly count: number;
  readonly seconds: number;
  /** Of all threads together: on a busy machine, steadier than what the clock says. */
  readonly cpuSeconds: number;
  /** Bytes above what opening alone takes, at the highest. */
  readonly growth: number;
}

interface Run extends Omit<Measured, 'growth'> {
  readonly peak: number;
}

const CHILD = new URL('./export-child.ts', import.meta.url).pathname;

function run(folder: string, what: string): Run {
  const scratch = mkdtempSync(join(tmpdir(), 'keysmith-bench-'));
  try {
    const args = [CHILD, folder, what, join(scratch, 'out')];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Run;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param what `csv`, `json` or `ndjson` with a sort order (`csv:name`), `bundle:SERVICE`, or `verify` for the audit
 *   verification. A bundle is recorded in the folder.
 */
export function measureExport(folder: string, what: string): Measured {
  const { peak, ...opened } = run(folder, 'open');
  if (opened.count !== 0) throw new Error('opening alone has nothing to count');
  const { peak: most, ...measured } = run(folder, what);
  return { ...measured, growth: most - peak };
}

if (import.meta.main) {
  const [folder = '', ...works] = process.argv.slice(2);
  for (const what of works) {
    const { count, seconds, cpuSeconds, growth } = measureExport(folder, what);
    console.log(
      `${what}: ${count} in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s CPU), ${(growth / 1e6).toFixed(0)} MB more`,
    );
  }
}
