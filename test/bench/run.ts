/**
 * `npm run bench`: measures what Keysmith promises of a million keys, each thing against its reference in the same
 * run. Ends in `N of M goals reached`. A goal that is missed is no failure, for this measures; wrong work is one.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFields, formatTable } from '../../main/cli/table.ts';
import { type BenchArguments, readArguments, USAGE } from './arguments.ts';
import type { Benchmark } from './benchmark.ts';
import { BENCHMARKS } from './benchmarks.ts';
import { createDataSets, type DataSets } from './data-sets.ts';
import { drawDocs, writeDocs } from './docs.ts';
import { describeMachine, machineLines } from './machine.ts';
import {
  closingLine,
  figureRows,
  GOAL_HEAD,
  type GrowthPoint,
  goalRows,
  judge,
  type Outcome,
  type Report,
} from './report.ts';

/** With how many keys else what grows is measured. */
const GROWTH = [1000, 10_000, 100_000] as const;

const say = (line: string) => console.log(line);

try {
  await main(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function main(options: BenchArguments): Promise<void> {
  if (options.writeDocs !== undefined) return writeDocs(options.writeDocs);
  if (options.plot) return drawDocs();
  const chosen = chooseBenchmarks(options.only);
  const scratch = mkdtempSync(join(tmpdir(), 'keysmith-bench-'));
  try {
    const report = await measureAll(chosen, options, scratch);
    say(`\n${formatTable(GOAL_HEAD, goalRows(report.outcomes))}`);
    say(`\n${formatTable(['benchmark', 'beside it', ''], figureRows(report.outcomes))}`);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    say(`\n${closingLine(report.outcomes)}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function chooseBenchmarks(only: readonly string[] | undefined): readonly Benchmark[] {
  const names = BENCHMARKS.map(({ name }) => name);
  const wrong = only?.find(name => !names.includes(name));
  if (wrong !== undefined)
    throw new TypeError(`There is no benchmark "${wrong}". Allowed are ${names.join(', ')}.`);
  return BENCHMARKS.filter(({ name }) => only?.includes(name) ?? true);
}

async function measureAll(
  chosen: readonly Benchmark[],
  { keys, rounds, data, growth }: BenchArguments,
  scratch: string,
): Promise<Report> {
  const machine = describeMachine(scratch);
  say(`${formatFields(machineLines(machine))}\n`);
  const folder = data ?? join(scratch, 'data');
  const points: GrowthPoint[] = [];
  const measure = async (benchmark: Benchmark, sets: DataSets, size: number) => {
    const { outcome, points: more } = await measureOne(
      benchmark,
      { keys: size, rounds, data: sets },
      scratch,
    );
    points.push(...more);
    return outcome;
  };
  if (growth)
    for (const size of GROWTH.filter(each => each < keys)) {
      say(`with ${size.toLocaleString('en-US')} keys`);
      const sets = createDataSets(folder, size, say);
      for (const benchmark of chosen.filter(({ grows }) => grows)) await measure(benchmark, sets, size);
    }
  say(`with ${keys.toLocaleString('en-US')} keys`);
  const sets = createDataSets(folder, keys, say);
  const outcomes: Outcome[] = [];
  for (const benchmark of chosen) outcomes.push(await measure(benchmark, sets, keys));
  return {
    format: 'keysmith-bench/1',
    at: new Date().toISOString(),
    machine,
    keys,
    rounds,
    reused: sets.reused,
    outcomes,
    growth: points,
  };
}

async function measureOne(
  benchmark: Benchmark,
  what: { keys: number; rounds: number; data: DataSets },
  scratch: string,
): Promise<{ outcome: Outcome; points: readonly GrowthPoint[] }> {
  const { name, goal, run, whyNot } = benchmark;
  const reason = whyNot?.();
  if (reason !== undefined) return { outcome: { kind: 'skipped', name, reason }, points: [] };
  say(`${name}: ${goal}`);
  const folder = join(scratch, name);
  mkdirSync(folder);
  try {
    const start = performance.now();
    const { goals, figures, growth = [], checked } = await run({ ...what, folder });
    const seconds = (performance.now() - start) / 1000;
    return {
      outcome: { kind: 'done', name, seconds, goals: judge(goals), figures, checked },
      points: growth.map(point => ({ name: point.name, keys: what.keys, ms: point.value })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
