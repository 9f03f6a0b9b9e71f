import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DATABASE_FILE } from '../../main/store/open-database.ts';
import { isCommand } from '../rig/system-packages.ts';
import { type Benchmark, type Figure, rateGoal, requireRight } from './benchmark.ts';
import type { InventoryOutput } from './children/export-inventory.ts';
import { countLines } from './count-lines.ts';
import { runChild } from './run-child.ts';
import { median, percentile, takeTurns } from './statistics.ts';

/** The columns of an inventory in its order. What Keysmith writes as text (times, lists) stays as the table has it. */
const QUERY = `
  SELECT key.id, name, key.description, owner, slug, kind, format,
    CASE WHEN status = 'active' AND exp_sort <= unixepoch() THEN 'expired' ELSE status END,
    permissions, roles, allowed_ips, key.created_at, key.created_by, expires_at, rotated_at, revoked_at,
    revoke_reason, hint
  FROM key JOIN service ON service.ref = key.service_ref
  ORDER BY key.created_at, key.ref`;

export const exportCsv: Benchmark = {
  name: 'export-csv',
  goal: 'CSV of every key: 0.4 of the rate of `sqlite3 -csv`, at most 150 MB more memory, a window that answers',
  grows: true,
  whyNot: () => (isCommand('sqlite3') ? undefined : 'there is no command sqlite3 here'),
  async run(context) {
    const { keys, rounds, folder } = context;
    const data = await context.data.crowd();
    const out = join(folder, 'keys.csv');
    const theirs = join(folder, 'sqlite3.csv');
    const base = await runChild('open', { folder: data });
    const exportOnce = (watched: boolean) =>
      runChild<InventoryOutput>('export-inventory', { folder: data, out, watched });
    const turns = await takeTurns(
      rounds,
      () => exportOnce(false),
      () => runSqlite(join(data, DATABASE_FILE), theirs),
    );
    const watched = await exportOnce(true);

    const [own, reference] = [await countLines(out), await countLines(theirs)];
    requireRight(reference === keys, `sqlite3 wrote ${reference} rows, not ${keys}`);
    requireRight(own === reference + 1, `the CSV has ${own} lines: not a head and ${reference} rows`);
    requireRight(
      [...turns.work, watched].every(({ out: { rows } }) => rows === keys),
      `an export said that it wrote another number of rows than ${keys}`,
    );

    const ms = median(turns.work.map(({ out: each }) => each.ms));
    const peak = Math.max(...turns.work.map(each => each.peak));
    return {
      goals: [
        rateGoal(
          'rate',
          rate('Keysmith', keys, ms),
          rate('sqlite3 -csv', keys, median(turns.reference)),
          0.4,
        ),
        { name: 'memory grows by', value: (peak - base.peak) / 1e6, unit: 'MB', bound: { atMost: 150 } },
        {
          name: 'a page meanwhile, p95',
          value: percentile(watched.out.pages, 95),
          unit: 'ms',
          bound: { atMost: 50 },
        },
      ],
      figures: [
        { name: 'time', value: ms / 1000, unit: 's' },
        { name: 'longest turn of the main thread meanwhile', value: watched.out.longestTurn, unit: 'ms' },
      ],
      growth: [{ name: 'CSV of every key', value: ms, unit: 'ms' }],
      checked: [`the CSV has as many rows as sqlite3 writes (${reference})`],
    };
  },
};

function rate(name: string, rows: number, ms: number): Figure {
  return { name, value: rows / (ms / 1000), unit: 'rows/s' };
}

/** @returns how long it took, in milliseconds */
async function runSqlite(database: string, out: string): Promise<number> {
  const start = performance.now();
  const child = spawn('sqlite3', ['-csv', '-readonly', database, QUERY], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  await pipeline(child.stdout, createWriteStream(out));
  const [code] = await ended;
  if (code !== 0) throw new Error(`sqlite3 ended with ${code}`);
  return performance.now() - start;
}
