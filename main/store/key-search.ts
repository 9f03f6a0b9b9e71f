import type { KeyId, Ref, Seconds } from '../keys/ids.ts';
import { KINDS, STATUSES } from '../keys/key.ts';
import type { KeyCursor, KeyFilter, KeyQuery, SortField } from '../keys/key-query.ts';
import type { Connection } from './connection.ts';
import { allOf, type Conditions, filterConditions, type Sql, statusCondition } from './key-conditions.ts';
import type { SqlValue } from './seals.ts';

/** How an order is walked: along an expression, by the index that has it; in groups, each in order of creation. */
interface Walk {
  readonly value: string;
  readonly index?: string;
  readonly groups?: (connection: Connection, now: Seconds) => readonly Sql[];
}

const CREATED = { value: 'created_at', index: 'key_by_created' } as const;

const WALKS: Readonly<Record<SortField, Walk>> = {
  created: CREATED,
  name: { value: 'name_fold', index: 'key_by_name' },
  expires: { value: 'exp_sort', index: 'key_by_expiry' },
  id: { value: 'id' },
  // Keys with the same permissions or roles stand together.
  permissions: { value: 'permissions || roles' },
  'last-four': { value: 'substr(hint, -4)' },
  status: {
    ...CREATED,
    groups: (_, now) => STATUSES.map(status => statusCondition(status, now)),
  },
  kind: { ...CREATED, groups: () => KINDS.map(kind => ({ sql: 'kind = ?', bound: [kind] })) },
  service: {
    ...CREATED,
    groups: ({ prepare }) =>
      prepare('SELECT ref FROM service ORDER BY slug')
        .all()
        .map(({ ref }) => ({ sql: 'service_ref = ?', bound: [ref ?? null] })),
  },
};

export interface RefPage {
  readonly refs: readonly Ref[];
  readonly next: KeyCursor | null;
}

interface Place {
  readonly ref: Ref;
  readonly value: string | number;
  readonly group: number;
}

/**
 * The references of one page of keys, in order.
 *
 * Without text, a covering index is walked in sort order. With text, the trigram index gathers candidates, and
 * `instr` decides; terms of one or two characters have no trigrams and are decided on the walk.
 */
export function searchRefs(connection: Connection, query: KeyQuery, now: Seconds): RefPage {
  const walk = WALKS[query.sort.field];
  const conditions = filterConditions(query, now);
  const all = walk.groups?.(connection, now) ?? [{ sql: 'TRUE', bound: [] }];
  const groups = [...all.entries()];
  if (query.sort.descending && walk.groups) groups.reverse();

  const found: Place[] = [];
  let skip = query.offset ?? 0;
  for (const [group, inGroup] of groups) {
    if (query.after && isBefore(groups, group, query.after.group)) continue;
    const after = query.after?.group === group || !walk.groups ? query.after : undefined;
    const wanted = query.limit + 1 - found.length;
    const narrowed: Conditions = {
      ...conditions,
      list: [...conditions.list, { group: 'base', ...inGroup }],
    };
    const rows = readRows(connection, walk, narrowed, query, { after, limit: wanted, skip });
    found.push(...rows.map(row => ({ ...row, group })));
    if (found.length > query.limit) break;
    // A page that starts beyond this group passes over all of it.
    if (skip > 0) skip = rows.length > 0 ? 0 : Math.max(0, skip - countRows(connection, narrowed));
  }
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const next = found.length > query.limit && last ? last : null;
  return { refs: page.map(({ ref }) => ref), next };
}

function isBefore(groups: readonly (readonly [number, Sql])[], group: number, other: number): boolean {
  const place = (wanted: number) => groups.findIndex(([each]) => each === wanted);
  return place(group) < place(other);
}

function readRows(
  { prepare }: Connection,
  { value, index }: Walk,
  { list, gathered }: Conditions,
  { sort }: KeyQuery,
  { after, limit, skip }: { after: KeyCursor | undefined; limit: number; skip: number },
): Omit<Place, 'group'>[] {
  const sign = sort.descending ? '<' : '>';
  const direction = sort.descending ? 'DESC' : 'ASC';
  const start: readonly Sql[] = after
    ? [{ sql: `(${value}, ref) ${sign} (?, ?)`, bound: [after.value, after.ref] }]
    : [];
  const where = allOf([...list, ...start]);
  const walk = gathered || index === undefined ? '' : `INDEXED BY ${index}`;
  return prepare(
    `SELECT ref, ${value} AS value FROM key ${walk} WHERE ${where.sql} ORDER BY ${value} ${direction}, ref ${direction} LIMIT ? OFFSET ?`,
  )
    .all(...where.bound, limit, skip)
    .map(row => ({ ref: row.ref as Ref, value: row.value as string | number }));
}

export function countRefs(connection: Connection, filter: KeyFilter, now: Seconds): number {
  return countRows(connection, filterConditions(filter, now));
}

function countRows({ prepare }: Connection, conditions: Conditions): number {
  const where = allOf(conditions.list);
  return prepare(`SELECT count(*) AS n ${fromKeys(conditions)} WHERE ${where.sql}`).get(...where.bound)
    ?.n as number;
}

/** Where rows of any order come from: the narrowest walk, or what the text gathers. */
export function fromKeys({ gathered }: Conditions): string {
  return gathered ? 'FROM key' : `FROM key INDEXED BY ${CREATED.index}`;
}

/** The IDs of the keys that match, oldest first. */
export function searchIds(
  { prepare }: Connection,
  filter: KeyFilter,
  now: Seconds,
  limit: number,
): readonly KeyId[] {
  const conditions = filterConditions(filter, now);
  const where = allOf(conditions.list);
  const values: SqlValue[] = [...where.bound, limit];
  return prepare(
    `SELECT id FROM key WHERE ref IN (SELECT ref ${fromKeys(conditions)} WHERE ${where.sql} ORDER BY ref LIMIT ?) ORDER BY ref`,
  )
    .all(...values)
    .map(row => row.id as KeyId);
}
