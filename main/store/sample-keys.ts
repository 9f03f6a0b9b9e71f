import type { Connection } from './connection.ts';
import type { Sql } from './key-conditions.ts';
import type { Recall } from './list-memory.ts';

/** Keys that are looked at to say how many of all meet a condition. */
const SAMPLE = 256;

/** What none of the sample meets is taken for half as frequent as what one of it does. */
export const UNSEEN = 0.5 / SAMPLE;

/** The share of keys that meet a condition, estimated from some that were created at even intervals. */
export function shareOfKeys({ prepare }: Connection, recall: Recall, { sql, bound }: Sql): number {
  const sample = recall('sample', () => {
    const span = prepare(
      'SELECT (SELECT min(ref) FROM key) AS first, (SELECT max(ref) FROM key) AS last',
    ).get();
    const [first, last] = [Number(span?.first ?? 0), Number(span?.last ?? 0)];
    const places = Array.from(
      { length: SAMPLE },
      (_, nth) => first + Math.floor((nth * (last - first)) / SAMPLE),
    );
    return prepare(
      'SELECT json_group_array(DISTINCT (SELECT min(ref) FROM key WHERE ref >= place.value)) AS refs FROM json_each(?) AS place',
    ).get(JSON.stringify(places))?.refs as string;
  });
  const row = prepare(
    `SELECT count(*) AS seen, sum(${sql}) AS met FROM key NOT INDEXED WHERE ref IN (SELECT value FROM json_each(?))`,
  ).get(...bound, sample);
  return Math.max(UNSEEN, Number(row?.met ?? 0) / Math.max(1, Number(row?.seen)));
}
