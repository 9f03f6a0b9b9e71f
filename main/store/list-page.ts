import type { Ref } from '../keys/ids.ts';
import type { Connection } from './connection.ts';
import { allOf, type Sql } from './key-conditions.ts';
import { type List, trailsOf } from './key-ways.ts';
import { recallList } from './list-memory.ts';
import { type Plan, planQuery, trifle, type Way } from './plan-query.ts';
import { priceTrail } from './price-trail.ts';
import { countList, type Place, placeAlong, placesOf, readList } from './read-list.ts';
import { shareOfKeys, UNSEEN } from './sample-keys.ts';

/** What decides how a list is read; tests put their own in its place. */
export interface Tuning {
  readonly plan: typeof planQuery;
  /** On a walk to a far place, a mark is left every so many keys… */
  readonly stride: number;
  /** …or after so many microseconds, where few keys match. */
  readonly strideCost: number;
  /** Keys of a walk after which it is looked at whether the page is full; four times as many in each step. */
  readonly step: number;
}

const TUNING: Tuning = { plan: planQuery, stride: 10_000, strideCost: 4000, step: 1000 };

/** Up to so many references of a gathered list are kept, for the pages further down. */
const KEPT = 100_000;

/** A place in a list, and how many keys of it come before it. */
interface Mark {
  readonly passed: number;
  readonly after: Place | undefined;
}

/** A list, ready to be read: the ways to its keys are known, and what was read of it before, while nothing changed. */
export function openList(connection: Connection, list: List, descending: boolean, tuning: Tuning = TUNING) {
  const recall = recallList(connection);
  const where = allOf(list.conditions.list.filter(({ implied }) => !implied));
  const asked = `${list.order.value} ${toText(where)}`;
  const share = (condition: Sql) =>
    recall(`share ${toText(condition)}`, () => shareOfKeys(connection, recall, condition));
  const { ways, total } = recall(`ways ${asked}`, () => {
    const trails = trailsOf(connection, list, share);
    const all = Math.max(...trails.map(({ size }) => size));
    return { ways: trails.map(trail => priceTrail(trail, list, all, share)), total: all };
  });
  const least = Math.min(...ways.map(({ size }) => size));
  const matching = () => Math.min(least, shareOfAll(list, share) * total);
  const known = recall(`read ${descending} ${asked}`, () => ({
    marks: [{ passed: 0, after: undefined }] as Mark[],
    refs: undefined as readonly Ref[] | undefined,
  }));

  const choose = (among: readonly Way[], wanted: number): Plan => {
    const small = tuning.plan === planQuery ? trifle(among) : undefined;
    return small
      ? { first: small, patience: small.size, other: null }
      : tuning.plan(among, { wanted, matching: matching() });
  };
  const read = (way: Way, after: Place | undefined, limit: number, skip = 0) =>
    readList(connection, list, way, { descending, after, skip, limit });

  /** Walks in steps until the page is full or patience ends; undefined then. */
  const tryWalk = (
    { first, patience }: Plan,
    after: Place | undefined,
    limit: number,
  ): Place[] | undefined => {
    const found: Place[] = [];
    let from = after;
    for (let passed = 0, step = tuning.step; passed < patience; passed += step, step *= 4) {
      step = Math.min(step, patience - passed);
      const until = placeAlong(connection, list, first, { descending, after: from, skip: step });
      const rows = readList(connection, list, first, {
        descending,
        after: from,
        until,
        skip: 0,
        limit: limit - found.length,
      });
      found.push(...rows);
      if (found.length === limit || !until) return found;
      from = until;
    }
    return undefined;
  };

  /** The place that many keys on, with marks left on the way; undefined when the list ends before. */
  const walkTo = (way: Way, start: Mark, skip: number, limit: number): Mark | undefined => {
    const cheap = (tuning.strideCost / way.cost / Math.max(1, way.size)) * matching();
    const stride = Math.max(limit, Math.min(tuning.stride, Math.ceil(cheap)));
    let mark = start;
    while (skip - mark.passed > stride) {
      const [after] = read(way, mark.after, 1, stride - 1);
      if (!after) return undefined;
      mark = { passed: mark.passed + stride, after };
      remember(known.marks, mark);
    }
    return mark;
  };

  return {
    size: (): number =>
      recall(`size ${asked}`, () => {
        const [cheapest] = [...ways].sort((a, b) => a.size * a.cost - b.size * b.cost);
        return cheapest ? countList(connection, list, cheapest) : 0;
      }),

    /** The keys after a place, or the first ones. */
    after(place: Place | undefined, limit: number): readonly Place[] {
      const plan = choose(ways, limit);
      if (!plan.other) return read(plan.first, place, limit);
      return tryWalk(plan, place, limit) ?? read(plan.other, place, limit);
    },

    /** The keys from a place on that is given by its number. */
    from(skip: number, limit: number): readonly Place[] {
      const { marks } = known;
      const start = marks[marks.findLastIndex(({ passed }) => passed <= skip)] as Mark;
      const among = matching() <= KEPT ? ways : ways.filter(({ ordered }) => ordered);
      const { first } = choose(among, skip - start.passed + limit);
      if (known.refs || !first.ordered) {
        known.refs ??= read(first, undefined, -1).map(({ ref }) => ref);
        return placesOf(connection, list, known.refs.slice(skip, skip + limit));
      }
      const mark = walkTo(first, start, skip, limit);
      const page = mark ? read(first, mark.after, limit, skip - mark.passed) : [];
      // The last key of a full page only says that the list goes on.
      const last = page[limit - 2];
      if (last) remember(marks, { passed: skip + limit - 1, after: last });
      return page;
    },
  };
}

/** What is too rare for the sample is what its parts are together, were they independent. */
function shareOfAll({ conditions }: List, share: (condition: Sql) => number): number {
  const tests = conditions.list.filter(({ implied }) => !implied);
  const seen = share(allOf(tests));
  return seen > UNSEEN
    ? seen
    : Math.min(
        seen,
        tests.reduce((product, test) => product * share(test), 1),
      );
}

function remember(marks: Mark[], mark: Mark): void {
  const at = marks.findLastIndex(({ passed }) => passed <= mark.passed);
  if (marks[at]?.passed !== mark.passed) marks.splice(at + 1, 0, mark);
}

/** A condition as a text that no other one has. */
function toText({ sql, bound }: Sql): string {
  return JSON.stringify([sql, bound], (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}
