import { type Figure, type Goal, isReached, type Result } from './benchmark.ts';
import type { Machine } from './machine.ts';

/** One benchmark of a run. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly name: string;
      readonly seconds: number;
      readonly goals: readonly JudgedGoal[];
      readonly figures: readonly Figure[];
      readonly checked: readonly string[];
    }
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: string };

export type JudgedGoal = Goal & { readonly reached: boolean };

/** How long something took with so many keys. */
export interface GrowthPoint {
  readonly name: string;
  readonly keys: number;
  readonly ms: number;
}

/** A run, as `--json` writes it. */
export interface Report {
  readonly format: 'keysmith-bench/1';
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly machine: Machine;
  readonly keys: number;
  readonly rounds: number;
  /** Data sets that were made by an earlier run. */
  readonly reused: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly growth: readonly GrowthPoint[];
}

export function judge(goals: Result['goals']): readonly JudgedGoal[] {
  return goals.map(goal => ({ ...goal, reached: isReached(goal) }));
}

export const GOAL_HEAD = ['benchmark', 'measured', 'work', 'reference', 'value', 'goal', ''] as const;

/** One row for each goal: what was measured, against what, and whether that is enough. */
export function goalRows(outcomes: readonly Outcome[]): readonly (readonly string[])[] {
  return outcomes.flatMap(outcome => {
    if (outcome.kind === 'skipped') return [[outcome.name, `skipped: ${outcome.reason}`, '', '', '', '', '']];
    return outcome.goals.map((goal, nth) => [
      nth === 0 ? outcome.name : '',
      goal.name,
      goal.work ? formatFigure(goal.work) : '',
      goal.reference ? `${goal.reference.name}: ${formatFigure(goal.reference)}` : '',
      formatValue(goal.value, goal.unit),
      'atLeast' in goal.bound
        ? `≥ ${formatBound(goal.bound.atLeast, goal.unit)}`
        : `≤ ${formatBound(goal.bound.atMost, goal.unit)}`,
      goal.reached ? 'reached' : 'MISSED',
    ]);
  });
}

/** One row for each further figure. */
export function figureRows(outcomes: readonly Outcome[]): readonly (readonly string[])[] {
  return outcomes.flatMap(outcome =>
    outcome.kind === 'skipped'
      ? []
      : outcome.figures.map(figure => [outcome.name, figure.name, formatFigure(figure)]),
  );
}

export function closingLine(outcomes: readonly Outcome[]): string {
  const goals = outcomes.flatMap(outcome => (outcome.kind === 'done' ? outcome.goals : []));
  const skipped = outcomes.filter(({ kind }) => kind === 'skipped').length;
  const reached = goals.filter(goal => goal.reached).length;
  return `${reached} of ${goals.length} goals reached${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function formatFigure({ value, unit }: Figure): string {
  return formatValue(value, unit);
}

export function formatValue(value: number, unit: string): string {
  return `${formatNumber(value)} ${unit}`;
}

/** A goal is a round number: it is written as it is. */
function formatBound(value: number, unit: string): string {
  return `${value.toLocaleString('en-US')} ${unit}`;
}

/** Three digits that say something. */
function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
