/**
 * How fast, and in how much memory, the keys of a data folder leave it. Every measure runs in a process of its own;
 * what it grew by is counted from one that only opens the installation.
 *
 * `node test/bench/measure-export.ts FOLDER csv:created bundle:orders-api verify`
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE_FILE } from '../../main/store/open-database.ts';

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

/** The columns of an inventory as they are stored: what SQLite's own shell writes of them. */
const COLUMNS = `k.id, k.name, k.description, k.owner, s.slug, k.kind, s.format, k.status, k.permissions, k.roles,
  k.allowed_ips, k.created_at, k.created_by, k.expires_at, k.rotated_at, k.revoked_at, k.revoke_reason, k.hint`;

/** How many seconds `sqlite3 -csv` takes for the same columns in the same order, times as RFC 3339, into a file. */
export function measureShell(folder: string): { readonly seconds: number; readonly cpuSeconds: number } {
  const scratch = mkdtempSync(join(tmpdir(), 'keysmith-bench-'));
  const columns = COLUMNS.replaceAll(
    /k\.\w+_at/g,
    column => `strftime('%Y-%m-%dT%H:%M:%SZ', ${column}, 'unixepoch')`,
  );
  const sql = `SELECT ${columns} FROM key k JOIN service s ON s.ref = k.service_ref ORDER BY k.created_at, k.ref`;
  const out = openSync(join(scratch, 'out.csv'), 'w', 0o600);
  try {
    const start = performance.now();
    const shell = ['-csv', '-header', '-readonly', join(folder, DATABASE_FILE), sql];
    const times = execFileSync(
      'bash',
      ['-c', 'TIMEFORMAT="%U %S"; time sqlite3 "$@" >&3', 'shell', ...shell],
      {
        stdio: ['ignore', 'pipe', 'pipe', out],
        encoding: 'utf8',
      },
    );
    return { seconds: (performance.now() - start) / 1000, cpuSeconds: Number(times) };
  } finally {
    closeSync(out);
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [folder = '', ...works] = process.argv.slice(2);
  for (const what of works) {
    const { count, seconds, cpuSeconds, growth } =
      what === 'shell' ? { count: 0, growth: 0, ...measureShell(folder) } : measureExport(folder, what);
    console.log(
      `${what}: ${count} in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s CPU), ${(growth / 1e6).toFixed(0)} MB more`,
    );
  }
}
