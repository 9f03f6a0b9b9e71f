import type { Sql } from './key-conditions.ts';

/** A way to the keys of a list: what leads to them, and what going there costs. */
export interface Way {
  /** The index that is walked; null where references are looked up. */
  readonly index: string | null;
  /** The stretch of it that is walked, or which references are looked up. Follows from the filter: it loses no key. */
  readonly given: Sql;
  /** Whether keys come in the order that was asked for: then the way ends with the page, else it is gone to its end. */
  readonly ordered: boolean;
  /** How many keys are on it. */
  readonly size: number;
  /** What passing one of them costs, in microseconds. */
  readonly cost: number;
  /** What each key that matches costs beyond that, where an order is sorted by what the index does not have. */
  readonly fetch: number;
}

export interface Plan {
  readonly first: Way;
  /** After how many keys the first way is given up for the other one. */
  readonly patience: number;
  readonly other: Way | null;
}

export interface Need {
  /** About how many keys match. */
  readonly matching: number;
  /** How many of them are passed, from the start of the page or from a place known before it. */
  readonly wanted: number;
}

/** What one step of a sort costs, in microseconds. */
const SORT_STEP = 0.3;

/** How much of the price of the safe way is staked on a walk. */
const PATIENCE = 0.5;

/** What going a way costs until the page is there, in microseconds. */
function costOf(way: Way, { matching, wanted }: Need): number {
  const found = Math.min(Math.max(matching, 1), Math.max(way.size, 1));
  if (!way.ordered) return way.size * way.cost + found * way.fetch + Math.min(wanted, found) * SORT_STEP;
  return Math.min(way.size, (wanted / found) * way.size) * way.cost;
}

/**
 * Takes the cheapest way to a page.
 *
 * A walk in order is a bet that what matches is spread evenly. It is given up once it cost half of what gathering all
 * that matches does: a bet that is lost makes a page half as slow again, and no more.
 *
 * @param ways at least one
 */
export function planQuery(ways: readonly Way[], need: Need): Plan {
  const [first, ...rest] = [...ways].sort((a, b) => costOf(a, need) - costOf(b, need));
  if (!first) throw new Error('no way leads to the keys');
  const other = rest.find(way => !way.ordered) ?? null;
  if (!first.ordered || !other) return { first, patience: first.size, other: null };
  const patience = Math.ceil((PATIENCE * costOf(other, need)) / first.cost);
  return patience < first.size ? { first, patience, other } : { first, patience: first.size, other: null };
}

/** Gathers that cost less than this, in microseconds, are not worth comparing with anything. */
const TRIFLE = 300;

/** A way that is cheap whatever the list is like. */
export function trifle(ways: readonly Way[]): Way | undefined {
  const whole = (way: Way) => way.size * (way.cost + way.fetch);
  const [least] = [...ways].sort((a, b) => whole(a) - whole(b));
  return least && whole(least) < TRIFLE ? least : undefined;
}
