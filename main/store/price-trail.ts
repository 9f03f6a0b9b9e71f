import { allOf, type Sql } from './key-conditions.ts';
import type { List, Trail } from './key-ways.ts';
import type { Way } from './plan-query.ts';

/**
 * Microseconds for a key: to pass it within an index, and to read its row, by how the rows lie: many of them side by
 * side, few in the order of the table, or all over it. Measured at 1,000,000 keys.
 */
const COST = { pass: 0.08, dense: 0.8, sparse: 2, scattered: 3 } as const;

/** Rows in the order of the table are read side by side when so many of all are wanted. */
const DENSE = 0.2;

/**
 * Says what going a trail costs. An index tests what it knows before it reads a row for the rest.
 *
 * @param total how many keys there are
 * @param share the estimated share of all keys that meets a condition
 */
export function priceTrail(
  trail: Trail,
  { conditions, order }: List,
  total: number,
  share: (condition: Sql) => number,
): Way {
  const { index, given, size, runs } = trail;
  const tests = conditions.list.filter(({ implied }) => !implied);
  const inside = tests.filter(({ group }) => trail.filters.includes(group));
  const isCovered = inside.length === tests.length;
  const ordered = runs === order.value;
  const passing = inside.length === 0 ? 1 : Math.min(1, (share(allOf(inside)) * total) / Math.max(1, size));
  const inTableOrder = index === null || trail.values.includes('created_at');
  const isDense = (size * passing) / Math.max(1, total) >= DENSE;
  const read =
    !inTableOrder || index === 'key_by_expiry' ? COST.scattered : isDense ? COST.dense : COST.sparse;
  const rows = index === null || !isCovered ? passing * read : 0;
  const isSortable = ordered || !isCovered || index === null || trail.values.includes(order.value);
  return { index, given, ordered, size, cost: COST.pass + rows, fetch: isSortable ? 0 : read };
}
