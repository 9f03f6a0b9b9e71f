import type { Connection } from './connection.ts';
import { allOf, type Sql } from './key-conditions.ts';
import { type List, waysOf } from './key-ways.ts';
import { recallList } from './list-memory.ts';
import { type Need, type Plan, planQuery, trifle, type Way } from './plan-query.ts';
import { countList, type Place, placeAlong, readList, type Stretch } from './read-list.ts';

/** Decides which way is gone; tests put their own choice in its place. */
export type Planner = (ways: readonly Way[], need: Need) => Plan;

/** Keys that are looked at to say how many of all match. */
const SAMPLE = 256;

/** On a walk to a far place, places are remembered so that none is further than this many keys from the next… */
const STRIDE = 10_000;
/** …or than this many microseconds, where few of the keys match. */
const STRIDE_COST = 4000;

/** A place in a list, and how many keys of it come before it. */
interface Mark {
  readonly passed: number;
  readonly after: Place | undefined;
}

/** What a list is read with, once per list: the ways to its keys and how many they are. */
export function openList(
  connection: Connection,
  list: List,
  descending: boolean,
  planner: Planner = planQuery,
) {
  const recall = recallList(connection);
  const where = allOf(list.conditions.list.filter(({ implied }) => !implied));
  const asked = `${list.order.value} ${toText(where)}`;
  const share = (condition: Sql) =>
    recall(`share ${toText(condition)}`, () => shareOf(connection, recall, condition));
  const ways = recall(`ways ${asked}`, () => waysOf(connection, list, share));
  const matching = () => {
    const least = Math.min(...ways.map(({ size }) => size));
    const total = Math.max(...ways.map(({ size }) => size));
    return Math.min(least, Math.max(share(where), 0.5 / SAMPLE) * total);
  };
  const marks = recall(`marks ${descending} ${asked}`, (): Mark[] => [{ passed: 0, after: undefined }]);

  const plan = (wanted: number): Plan => {
    const small = planner === planQuery ? trifle(ways) : undefined;
    return small
      ? { first: small, patience: small.size, other: null }
      : planner(ways, { wanted, matching: matching() });
  };

  return {
    size: (): number =>
      recall(`size ${asked}`, () => {
        const [least] = [...ways].sort((a, b) => a.size * a.cost - b.size * b.cost);
        return least ? countList(connection, list, least) : 0;
      }),

    /** The keys after a place. */
    after(place: Place | undefined, limit: number): readonly Place[] {
      const { first, patience, other } = plan(limit);
      const stretch: Stretch = { descending, after: place, skip: 0, limit };
      if (!other) return readList(connection, list, first, stretch);
      const until = placeAlong(connection, list, first, { descending, after: place, skip: patience });
      const found = readList(connection, list, first, { ...stretch, until });
      return found.length >= limit || !until ? found : readList(connection, list, other, stretch);
    },

    /** The keys from a place of the list on, given by its number. */
    from(skip: number, limit: number): readonly Place[] {
      let mark = nearest(marks, skip);
      const { first } = plan(skip - mark.passed + limit);
      const stride = Math.max(
        limit,
        Math.min(STRIDE, Math.ceil((STRIDE_COST / first.cost / first.size) * matching())),
      );
      while (first.ordered && skip - mark.passed > stride) {
        const [place] = readList(connection, list, first, {
          descending,
          after: mark.after,
          skip: stride - 1,
          limit: 1,
        });
        if (!place) return [];
        mark = { passed: mark.passed + stride, after: place };
        remember(marks, mark);
      }
      const page = readList(connection, list, first, {
        descending,
        after: mark.after,
        skip: skip - mark.passed,
        limit,
      });
      // The last key is only there to say that the list goes on.
      const last = page[limit - 2];
      if (last) remember(marks, { passed: skip + limit - 1, after: last });
      return page;
    },
  };
}

/** The last mark before a place. */
function nearest(marks: readonly Mark[], skip: number): Mark {
  return marks[marks.findLastIndex(({ passed }) => passed <= skip)] as Mark;
}

function remember(marks: Mark[], mark: Mark): void {
  const at = marks.findLastIndex(({ passed }) => passed <= mark.passed);
  if (marks[at]?.passed !== mark.passed) marks.splice(at + 1, 0, mark);
}

/** The share of keys that meet a condition, of some that were created at even intervals. */
function shareOf(
  { prepare }: Connection,
  recall: ReturnType<typeof recallList>,
  { sql, bound }: Sql,
): number {
  const sample = recall('sample', () => {
    const span = prepare(
      'SELECT (SELECT min(ref) FROM key) AS first, (SELECT max(ref) FROM key) AS last',
    ).get();
    const [first, last] = [Number(span?.first ?? 0), Number(span?.last ?? 0)];
    const places = Array.from(
      { length: SAMPLE },
      (_, nth) => first + Math.floor((nth * (last - first)) / SAMPLE),
    );
    const refs = prepare(
      'SELECT DISTINCT (SELECT min(ref) FROM key WHERE ref >= place.value) AS ref FROM json_each(?) AS place',
    ).all(JSON.stringify(places));
    return JSON.stringify(refs.map(({ ref }) => ref));
  });
  const row = prepare(
    `SELECT count(*) AS n, sum(${sql}) AS met FROM key NOT INDEXED WHERE ref IN (SELECT value FROM json_each(?))`,
  ).get(...bound, sample);
  return Number(row?.met ?? 0) / Math.max(1, Number(row?.n));
}

/** A condition as a text that no other condition has. */
function toText({ sql, bound }: Sql): string {
  return JSON.stringify([sql, bound], (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}
