import type { KeyId, Ref, Seconds } from '../keys/ids.ts';
import { KINDS, STATUSES } from '../keys/key.ts';
import type { KeyCursor, KeyFilter, KeyQuery, RefPage, SortField } from '../keys/key-query.ts';
import type { Connection } from './connection.ts';
import { allOf, type Conditions, filterConditions } from './key-conditions.ts';
import type { Order } from './key-ways.ts';
import { openList, type Tuning } from './list-page.ts';
import type { SqlValue } from './seals.ts';

const CREATED: Order = { value: 'created_at', index: 'key_by_created' };

const ORDERS: Readonly<Record<Exclude<SortField, GroupField>, Order>> = {
  created: CREATED,
  name: { value: 'name_fold', index: 'key_by_name' },
  expires: { value: 'exp_sort', index: 'key_by_expiry' },
  id: { value: 'id', index: 'sqlite_autoindex_key_1' },
  // Keys with the same permissions or roles stand together.
  permissions: { value: 'permissions || roles', index: 'key_by_grants', computed: true },
  'last-four': { value: 'substr(hint, -4)', index: 'key_by_last_four', computed: true },
};

/** Orders of groups, each of which is in the order of creation. */
type GroupField = 'status' | 'kind' | 'service';

/** The filters of the groups, in their order; undefined for a group that the filter leaves out. */
const GROUPS: Readonly<
  Record<GroupField, (connection: Connection, filter: KeyFilter) => readonly (KeyFilter | undefined)[]>
> = {
  status: (_, filter) =>
    STATUSES.map(each => narrowed(filter, filter.statuses?.includes(each), { statuses: [each] })),
  kind: (_, filter) => KINDS.map(each => narrowed(filter, filter.kinds?.includes(each), { kinds: [each] })),
  service: ({ prepare }, filter) =>
    prepare('SELECT ref FROM service ORDER BY slug')
      .all()
      .map(row => row.ref as Ref)
      .map(serviceRef => {
        const asked = filter.serviceRef === undefined ? undefined : filter.serviceRef === serviceRef;
        return narrowed(filter, asked, { serviceRef });
      }),
};

function narrowed(filter: KeyFilter, asked: boolean | undefined, group: KeyFilter): KeyFilter | undefined {
  return asked === false ? undefined : { ...filter, ...group };
}

/**
 * The references of one page of keys, in order: along an index that has the order, or by gathering all that matches
 * where that is little and sorting it, as the planner decides.
 */
export function searchRefs(connection: Connection, query: KeyQuery, time: Seconds, tuning?: Tuning): RefPage {
  const { sort, limit, after, offset, ...asked } = query;
  const { filter, now } = settle(connection, asked, time);
  const found: KeyCursor[] = [];
  let skip = after ? 0 : (offset ?? 0);
  for (const { group, narrowed, isLast } of groupsOf(connection, filter, query)) {
    const wanted = limit + 1 - found.length;
    const conditions = filterConditions(narrowed, now);
    const order = ORDERS[sort.field as keyof typeof ORDERS] ?? CREATED;
    const list = openList(connection, { filter: narrowed, conditions, order, now }, sort.descending, tuning);
    const isWithin = after?.group === group;
    // A page that starts beyond this group passes over all of it.
    if (skip > 0 && !isWithin && !isLast && list.size() <= skip) {
      skip -= list.size();
      continue;
    }
    const places = skip > 0 ? list.from(skip, wanted) : list.after(isWithin ? after : undefined, wanted);
    found.push(...places.map(place => ({ ...place, group })));
    if (found.length > limit) break;
    skip = 0;
  }
  const page = found.slice(0, limit);
  return { refs: page.map(({ ref }) => ref), next: found.length > limit ? (page.at(-1) ?? null) : null };
}

interface Group {
  readonly group: number;
  readonly narrowed: KeyFilter;
  readonly isLast: boolean;
}

/** The groups of an order from the cursor on, in the direction that is asked for; one where there are no groups. */
function groupsOf(connection: Connection, filter: KeyFilter, { sort, after }: KeyQuery): readonly Group[] {
  const filters = sort.field in GROUPS ? GROUPS[sort.field as GroupField](connection, filter) : [filter];
  const groups = [...filters.entries()];
  if (sort.descending) groups.reverse();
  const start = after ? groups.findIndex(([group]) => group === after.group) : 0;
  return groups
    .slice(Math.max(0, start))
    .flatMap(([group, each]) => (each ? [{ group, narrowed: each }] : []))
    .map((each, nth, all) => ({ ...each, isLast: nth === all.length - 1 }));
}

/**
 * Puts moments back to the last expiry before them. Nothing expired in between, so the list is the same one, and what
 * was remembered of it holds until something expires.
 */
function settle(
  { prepare }: Connection,
  filter: KeyFilter,
  time: Seconds,
): { readonly filter: KeyFilter; readonly now: Seconds } {
  const lastExpiry = (before: Seconds) =>
    (prepare('SELECT max(exp_sort) AS at FROM key INDEXED BY key_by_expiry WHERE exp_sort <= ?').get(before)
      ?.at ?? 0) as Seconds;
  const now = lastExpiry(time);
  const { expiry } = filter;
  if (expiry === undefined || expiry === 'never') return { filter, now };
  return { filter: { ...filter, expiry: { within: lastExpiry(time + expiry.within) - now } }, now };
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
