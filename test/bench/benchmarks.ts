import type { Benchmark } from './benchmark.ts';
import { countKeys } from './count-keys.ts';
import { exportBundleBench } from './export-bundle.ts';
import { exportCsv } from './export-csv.ts';
import { issueJwt } from './issue-jwt.ts';
import { issueOpaque } from './issue-opaque.ts';
import { listPages } from './list-pages.ts';
import { scroll } from './scroll.ts';
import { start } from './start.ts';
import { verifyJwt } from './verify-jwt.ts';
import { verifyOpaque } from './verify-opaque.ts';

/** Every benchmark, in the order in which they run and are told of. */
export const BENCHMARKS: readonly Benchmark[] = [
  issueOpaque,
  issueJwt,
  listPages,
  countKeys,
  exportCsv,
  exportBundleBench,
  verifyOpaque,
  verifyJwt,
  start,
  scroll,
];
