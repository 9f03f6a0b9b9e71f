import type { Ref } from '../keys/ids.ts';
import type { KeyCursor } from '../keys/key-query.ts';
import type { Connection } from './connection.ts';
import { allOf, type Sql } from './key-conditions.ts';
import type { List } from './key-ways.ts';
import type { Way } from './plan-query.ts';
import type { Row } from './seals.ts';

/** Where a key stands in an order. */
export type Place = Pick<KeyCursor, 'value' | 'ref'>;

export interface Stretch {
  readonly descending: boolean;
  /** Keys come after this place. */
  readonly after: Place | undefined;
  /** Keys of the way are walked up to this place. */
  readonly until?: Place | undefined;
  readonly skip: number;
  readonly limit: number;
}

/** The keys of a list along a way, in the list's order. */
export function readList(connection: Connection, list: List, way: Way, stretch: Stretch): Place[] {
  const conditions = list.conditions.list.filter(({ implied }) => !implied);
  return readAlong(connection, list, way, conditions, stretch);
}

/** The place that so many keys further stands on a way in order, whether they match or not; undefined past its end. */
export function placeAlong(
  connection: Connection,
  list: List,
  way: Way,
  stretch: Omit<Stretch, 'limit'>,
): Place | undefined {
  return readAlong(connection, list, way, [], { ...stretch, limit: 1 })[0];
}

/** How many keys a list has, counted along a way. */
export function countList({ prepare }: Connection, { conditions: { list } }: List, way: Way): number {
  const where = allOf([way.given, ...list.filter(({ implied }) => !implied)]);
  return prepare(`SELECT count(*) AS n FROM key ${by(way)} WHERE ${where.sql}`).get(...where.bound)
    ?.n as number;
}

const by = ({ index }: Way) => (index === null ? 'NOT INDEXED' : `INDEXED BY ${index}`);

function readAlong(
  { prepare }: Connection,
  { order: { value, computed } }: List,
  way: Way,
  conditions: readonly Sql[],
  { descending, after, until, skip, limit }: Stretch,
): Place[] {
  const [onward, back, direction] = descending ? ['<', '>', 'DESC'] : ['>', '<', 'ASC'];
  const endAt = (place: Place): Sql => {
    const end = { sql: `(${value}, ref) ${back}= (?, ?)`, bound: [place.value, place.ref] };
    // By the first part SQLite knows where in the index to stop.
    return computed ? allOf([{ sql: `${value} ${back}= ?`, bound: [place.value] }, end]) : end;
  };
  const select = (start: readonly Sql[], orderBy = `${value} ${direction}, ref ${direction}`): Sql => {
    const end = until ? [endAt(until)] : [];
    const where = allOf([way.given, ...start, ...end, ...conditions]);
    return {
      sql: `SELECT ref, ${value} AS value FROM key ${by(way)} WHERE ${where.sql} ORDER BY ${orderBy} LIMIT`,
      bound: where.bound,
    };
  };
  const toPlaces = (rows: readonly Row[]) =>
    rows.map(row => ({ ref: row.ref as Ref, value: row.value as string | number }));
  if (!after) {
    const { sql, bound } = select([]);
    return toPlaces(prepare(`${sql} ? OFFSET ?`).all(...bound, limit, skip));
  }
  if (!way.ordered) {
    const { sql, bound } = select([
      { sql: `(${value}, ref) ${onward} (?, ?)`, bound: [after.value, after.ref] },
    ]);
    return toPlaces(prepare(`${sql} ? OFFSET ?`).all(...bound, limit, skip));
  }
  // The rest of the equal ones, then the others. Asked for both in one, SQLite compares every key that it passes once
  // more, and of an expression it does not find the place at all.
  const rest = select(
    [{ sql: `${value} = ? AND ref ${onward} ?`, bound: [after.value, after.ref] }],
    `ref ${direction}`,
  );
  const others = select([{ sql: `${value} ${onward} ?`, bound: [after.value] }]);
  const found = prepare(`${rest.sql} ? OFFSET ?`).all(...rest.bound, limit, skip);
  if (found.length === limit) return toPlaces(found);
  const passed = found.length > 0 || skip === 0 ? skip : countOf(prepare, rest, skip);
  const more = prepare(`${others.sql} ? OFFSET ?`).all(...others.bound, limit - found.length, skip - passed);
  return toPlaces([...found, ...more]);
}

function countOf(prepare: Connection['prepare'], { sql, bound }: Sql, limit: number): number {
  return prepare(`SELECT count(*) AS n FROM (${sql} ?)`).get(...bound, limit)?.n as number;
}

/** Where keys stand in a list's order. Those that are gone are left out. */
export function placesOf({ prepare }: Connection, { order }: List, refs: readonly Ref[]): Place[] {
  const value = prepare(`SELECT ${order.value} AS value FROM key WHERE ref = ?`);
  return refs.flatMap(ref => {
    const row = value.get(ref);
    return row ? [{ ref, value: row.value as Place['value'] }] : [];
  });
}
