import type { DataSets } from './data-sets.ts';

/** Something that was measured. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** What is asked of a measured value, or of its ratio to the reference's. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  /** `×` for a ratio. */
  readonly unit: string;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  /** What the value was made of, where it is a ratio. */
  readonly work?: Figure;
  readonly reference?: Figure;
}

export interface Result {
  readonly goals: readonly Goal[];
  /** What else is worth knowing. */
  readonly figures: readonly Figure[];
  /** What is drawn over the number of keys, in milliseconds. */
  readonly growth?: readonly Figure[];
  /** What of the work was looked at, and was right. */
  readonly checked: readonly string[];
}

export interface BenchContext {
  /** Keys of the data sets; the benchmarks that issue keys take a tenth and a hundredth of them. */
  readonly keys: number;
  /** How often work and reference take turns. */
  readonly rounds: number;
  readonly data: DataSets;
  /** A folder of this benchmark alone, gone when it is done. */
  readonly folder: string;
}

export interface Benchmark {
  /** As `--only` knows it. */
  readonly name: string;
  /** What is measured against what, and must reach what: a line for people. */
  readonly goal: string;
  /** Whether it stands in the plot, and is measured with fewer keys for it. */
  readonly grows: boolean;
  /** Why it cannot run on this machine; absent or undefined: it can. */
  readonly whyNot?: () => string | undefined;
  /** @throws WrongWork when what was measured did not do what it is for */
  readonly run: (context: BenchContext) => Promise<Result>;
}

/** The work that was measured is not what it should be: its time says nothing. */
class WrongWork extends Error {
  override readonly name = 'WrongWork';
}

/** @throws WrongWork */
export function requireRight(isRight: boolean, otherwise: string): asserts isRight {
  if (!isRight) throw new WrongWork(otherwise);
}

export function isReached({ value, bound }: Goal): boolean {
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

/** How fast the work is, as a part of the reference's rate. */
export function rateGoal(name: string, work: Figure, reference: Figure, atLeast: number): Goal {
  return { name, value: work.value / reference.value, unit: '×', bound: { atLeast }, work, reference };
}
