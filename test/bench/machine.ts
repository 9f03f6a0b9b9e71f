import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { percentile } from './statistics.ts';

/** What was measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** In GiB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  /** The one that Keysmith brings, and the command beside it. */
  readonly sqlite: string;
  readonly sqliteCommand: string;
  /** What it takes to make 4 KiB durable, median and 95th percentile, in milliseconds. */
  readonly sync: { readonly median: number; readonly p95: number };
}

export function describeMachine(folder: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    sqlite: sqliteVersion(),
    sqliteCommand: commandVersion(),
    sync: measureSync(folder),
  };
}

function sqliteVersion(): string {
  const db = new Database(':memory:');
  try {
    return String(db.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    db.close();
  }
}

function commandVersion(): string {
  try {
    return execFileSync('sqlite3', ['--version'], { encoding: 'utf8' }).split(' ')[0] ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
}

const SYNCS = 100;

function measureSync(folder: string): Machine['sync'] {
  const path = join(folder, 'sync');
  const file = openSync(path, 'wx');
  try {
    const page = Buffer.alloc(4096, 1);
    const times = Array.from({ length: SYNCS }, (_, nth) => {
      const start = performance.now();
      writeSync(file, page, 0, page.length, nth * page.length);
      fsyncSync(file);
      return performance.now() - start;
    });
    return { median: percentile(times, 50), p95: percentile(times, 95) };
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

export function machineLines({ sync, ...machine }: Machine): readonly (readonly [string, string])[] {
  return [
    ['CPU', `${machine.cpu}, ${machine.cores} cores`],
    ['memory', `${machine.memory} GiB`],
    ['system', machine.system],
    ['Node', machine.node],
    ['SQLite', `${machine.sqlite}; the command sqlite3: ${machine.sqliteCommand}`],
    ['sync of 4 KiB', `median ${sync.median.toFixed(2)} ms, p95 ${sync.p95.toFixed(2)} ms`],
  ];
}
