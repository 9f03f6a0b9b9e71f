import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BENCHMARKS } from '../../bench/benchmarks.ts';
import { fillTables, PERFORMANCE, readReport } from '../../bench/docs.ts';
import { drawGrowth } from '../../bench/draw-growth.ts';

it('says in docs/performance.md and its plot what the run in docs/performance.json measured', () => {
  const report = readReport(PERFORMANCE.json);
  const text = readFileSync(PERFORMANCE.text, 'utf8');
  expect(fillTables(text, report)).toBe(text);
  expect(readFileSync(PERFORMANCE.plot, 'utf8')).toBe(drawGrowth(report.growth));
});

it('has the result of every benchmark, and says what each is measured against', () => {
  const { outcomes } = readReport(PERFORMANCE.json);
  expect(outcomes.map(({ name }) => name)).toEqual(BENCHMARKS.map(({ name }) => name));
  const text = readFileSync(PERFORMANCE.text, 'utf8');
  for (const { name } of BENCHMARKS) expect(text).toContain(`| \`${name}\` |`);
});
