import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawGrowth } from './draw-growth.ts';
import { machineLines } from './machine.ts';
import {
  closingLine,
  figureRows,
  formatValue,
  GOAL_HEAD,
  type GrowthPoint,
  goalRows,
  type Report,
} from './report.ts';

const DOCS = join(import.meta.dirname, '../../docs');
/** What a run says, how it is told, and the plot of it. */
export const PERFORMANCE = {
  json: join(DOCS, 'performance.json'),
  text: join(DOCS, 'performance.md'),
  plot: join(DOCS, 'pictures/performance-growth.svg'),
} as const;

/** Puts a run's results into the documents: its JSON, the tables made of it, and the plot. */
export function writeDocs(file: string): void {
  const report = readReport(file);
  const text = fillTables(readFileSync(PERFORMANCE.text, 'utf8'), report);
  writeFileSync(PERFORMANCE.json, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(PERFORMANCE.text, text);
  drawDocs();
}

/** Draws the plot of the results that the documents have. */
export function drawDocs(): void {
  writeFileSync(PERFORMANCE.plot, drawGrowth(readReport(PERFORMANCE.json).growth));
}

/** @throws TypeError when it is not what `--json` writes */
export function readReport(file: string): Report {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  if (report.format === 'keysmith-bench/1') return report;
  throw new TypeError(`${file} is not what --json writes.`);
}

/** The text with each table between its markers as the report has it. @throws TypeError where a marker is missing */
export function fillTables(text: string, report: Report): string {
  const { outcomes, machine, at, keys, rounds, growth } = report;
  const tables = {
    machine: markdown(
      ['', ''],
      [
        ...machineLines(machine),
        ['measured', `${at.slice(0, 10)}, ${keys.toLocaleString('en-US')} keys, ${rounds} rounds`],
      ],
    ),
    goals: `${markdown(GOAL_HEAD, goalRows(outcomes))}\n\n${closingLine(outcomes)}.`,
    figures: markdown(['benchmark', 'beside it', ''], figureRows(outcomes)),
    growth: growthTable(growth),
  };
  let filled = text;
  for (const [name, table] of Object.entries(tables)) {
    const parts = filled.split(new RegExp(`(<!-- bench:${name} -->\n)[^]*?(<!-- /bench:${name} -->)`));
    if (parts.length !== 4) throw new TypeError(`docs/performance.md has no place for the table "${name}".`);
    const [before, start, end, after] = parts;
    filled = `${before}${start}\n${table}\n\n${end}${after}`;
  }
  return filled;
}

function growthTable(growth: readonly GrowthPoint[]): string {
  const sizes = [...new Set(growth.map(({ keys }) => keys))].sort((a, b) => a - b);
  const names = [...new Set(growth.map(({ name }) => name))];
  const cell = (name: string, size: number) => {
    const point = growth.find(each => each.name === name && each.keys === size);
    return point ? formatValue(point.ms, 'ms') : '';
  };
  return markdown(
    ['', ...sizes.map(size => `${size.toLocaleString('en-US')} keys`)],
    names.map(name => [name, ...sizes.map(size => cell(name, size))]),
  );
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
