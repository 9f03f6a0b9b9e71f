import type { Ref, Seconds } from '../keys/ids.ts';
import type { Status } from '../keys/key.ts';
import type { KeyFilter } from '../keys/key-query.ts';
import type { Connection } from './connection.ts';
import { type CounterField, readCounter } from './counters.ts';
import { gatherText } from './gather-text.ts';
import { allOf, type Conditions, type FilterGroup, inOneOf, isOneOf, type Sql } from './key-conditions.ts';
import { NEVER } from './key-rows.ts';
import type { Way } from './plan-query.ts';
import type { SqlValue } from './seals.ts';

/** An order of keys, and the index that has it. */
export interface Order {
  /** What is compared. */
  readonly value: string;
  readonly index: string;
  /** Whether the index has every column that is filtered by. */
  readonly covers: boolean;
  /** Whether `value` is an expression: SQLite finds no place in an index by one together with the reference. */
  readonly computed?: true;
}

/** The keys that are asked for, as the ways to them are found. */
export interface List {
  readonly filter: KeyFilter;
  readonly conditions: Conditions;
  readonly order: Order;
  readonly now: Seconds;
}

/** Microseconds to pass a key: within an index; with its row, when rows are read as they lie, or from all over. */
const COST = { covered: 0.08, near: 0.8, far: 3 } as const;

/** Up to here ranges and networks are counted; beyond, a sample says how many there are. */
const COUNTED = 20_000;

const ALL: Sql = { sql: 'TRUE', bound: [] };
const sql = (text: string, ...bound: SqlValue[]): Sql => ({ sql: text, bound });

/**
 * Every way to the keys of a list.
 *
 * @param share the estimated share of all keys that meets a condition
 */
export function waysOf(
  connection: Connection,
  list: List,
  share: (condition: Sql) => number,
): readonly Way[] {
  const { filter, conditions, order, now } = list;
  const services = filter.serviceRef === undefined ? allServices(connection) : [filter.serviceRef];
  const count = (field: CounterField, values: readonly string[], of: readonly Ref[] = services) =>
    of.reduce(
      (sum, ref) => sum + values.reduce((n, value) => n + readCounter(connection, ref, field, value), 0),
      0,
    );
  const total = count('status', STORED, allServices(connection));
  const measure = (from: string, given: Sql) => {
    const counted = countUpTo(connection, from, given, COUNTED);
    return counted < COUNTED ? counted : Math.max(COUNTED, Math.round(share(given) * total));
  };

  const groups = new Set(conditions.list.filter(({ implied }) => !implied).map(({ group }) => group));
  const isWithin = (columns: readonly FilterGroup[]) => [...groups].every(group => columns.includes(group));
  const byCreation = order.value === 'created_at';
  const ways: Way[] = [];
  /** A walk along an index that has these columns, in the order of its second part. */
  const walk = (index: string, given: Sql, size: number, has: Has) => {
    const covered = isWithin(has.columns) && (!has.ordered || order.value === has.sortedBy);
    const cost = covered || (!has.ordered && isWithin(has.columns)) ? COST.covered : has.rows;
    const fetch = has.ordered || order.value === has.sortedBy || cost !== COST.covered ? 0 : COST.far;
    ways.push({ index, given, ordered: has.ordered, size, cost, fetch });
  };
  /** Rows that are looked up in the order of their references. */
  const lookUp = (given: Sql, size: number) =>
    ways.push({ index: null, given, ordered: false, size, cost: COST.near, fetch: 0 });

  const expiries = expiryRange(filter, now);
  const byExpiry = order.index === 'key_by_expiry';
  if (expiries || byExpiry) {
    const given = expiries ?? ALL;
    const size = expiries ? measure('key INDEXED BY key_by_expiry', given) : total;
    const has = { columns: IN_WALKS, sortedBy: byExpiry ? 'exp_sort' : 'created_at', rows: COST.far };
    walk('key_by_expiry', given, size, { ...has, ordered: byExpiry });
  }
  if (!byExpiry) {
    const has = { columns: order.covers ? IN_WALKS : [], sortedBy: order.value, ordered: true };
    walk(order.index, ALL, total, { ...has, rows: byCreation ? COST.near : COST.far });
  }
  if (!byCreation)
    walk('key_by_created', ALL, total, {
      columns: IN_WALKS,
      sortedBy: 'created_at',
      ordered: false,
      rows: COST.near,
    });

  const near = { sortedBy: 'created_at', rows: COST.near };
  if (filter.serviceRef !== undefined) {
    const given = sql('service_ref = ?', filter.serviceRef);
    const size = count('status', STORED);
    walk('key_by_service', given, size, { columns: ['service'], ordered: byCreation, ...near });
    if (order.value === 'name_fold')
      walk('key_name', given, size, {
        columns: ['service'],
        sortedBy: 'name_fold',
        ordered: true,
        rows: COST.far,
      });
  }
  if (filter.createdBy) {
    const [one = '', ...others] = filter.createdBy;
    const isOne = others.length === 0;
    const given = isOne ? sql('created_by = ?', one) : isOneOf('created_by', filter.createdBy);
    const size = count('created_by', filter.createdBy, allServices(connection));
    walk('key_by_creator', given, size, { columns: ['createdBy'], ordered: byCreation && isOne, ...near });
  }
  if (filter.statuses?.every(isEnded)) {
    const [one, ...others] = filter.statuses;
    const isOne = one !== undefined && others.length === 0;
    const stored = isOne ? sql('status = ?', one) : isOneOf('status', filter.statuses);
    const given = allOf([sql("status <> 'active'"), stored]);
    const size = count('status', filter.statuses, allServices(connection));
    // Whether a disabled key has expired, the index does not know.
    const columns: FilterGroup[] = one === 'revoked' ? ['statuses'] : [];
    walk('key_not_active', given, size, { columns, ordered: byCreation && isOne, ...near });
  }
  if (filter.exposed || (filter.kinds?.length === 1 && filter.kinds[0] === 'public'))
    walk('key_public', sql("kind = 'public'"), count('kind', ['public'], allServices(connection)), {
      columns: ['service', 'statuses', 'kinds', 'grants', 'expiry', 'exposed'],
      ordered: byCreation,
      ...near,
    });
  if (filter.unsaved)
    walk('key_unsaved', sql('unsaved = 1'), count('unsaved', ['1'], allServices(connection)), {
      columns: ['unsaved'],
      ordered: byCreation,
      ...near,
    });

  if (filter.grants) {
    const size = filter.grants.reduce(
      (sum, { serviceRef, ref }) => sum + count('grant', [String(ref)], [serviceRef]),
      0,
    );
    lookUp(holders(filter), size);
  }
  if (filter.overdue) {
    const given = withOldSecrets(filter.overdue, now);
    lookUp(given, measure('key', given));
  }
  if (filter.hasIps && filter.admits) {
    const given = inOneOf(filter.admits);
    lookUp(given, measure('key', given));
  }
  const text = gatherText(connection, conditions, total);
  if (text) lookUp(text.given, text.size);
  return ways;
}

interface Has {
  readonly columns: readonly FilterGroup[];
  readonly sortedBy: string;
  readonly ordered: boolean;
  /** What a key costs when its row must be read. */
  readonly rows: number;
}

/** What the covering walks can decide; a text is in the rows alone. */
const IN_WALKS: readonly FilterGroup[] = [
  'service',
  'admits',
  'statuses',
  'kinds',
  'grants',
  'expiry',
  'ips',
  'createdBy',
  'unsaved',
  'overdue',
  'exposed',
];

const STORED = ['active', 'disabled', 'revoked'] as const;
const isEnded = (status: Status) => status === 'disabled' || status === 'revoked';

function allServices({ prepare }: Connection): readonly Ref[] {
  return prepare('SELECT ref FROM service')
    .all()
    .map(({ ref }) => ref as Ref);
}

function countUpTo({ prepare }: Connection, from: string, { sql: where, bound }: Sql, limit: number): number {
  return prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ?)`).get(
    ...bound,
    limit,
  )?.n as number;
}

/** Between which expiries every key of the filter is; null when they may be anywhere. */
function expiryRange({ statuses, expiry, overdue, exposed }: KeyFilter, now: Seconds): Sql | null {
  if (expiry === 'never') return sql('exp_sort = ?', NEVER);
  if (expiry) return sql('exp_sort > ? AND exp_sort <= ?', now, now + expiry.within);
  if (statuses?.every(status => status === 'expired')) return sql('exp_sort <= ?', now);
  const isRunning = statuses?.every(status => status === 'active' || status === 'disabled');
  return isRunning || overdue || exposed ? sql('exp_sort > ?', now) : null;
}

function holders({ grants = [] }: KeyFilter): Sql {
  return sql(
    'ref IN (SELECT key_ref FROM key_grant WHERE catalog_ref IN (SELECT value FROM json_each(?)))',
    JSON.stringify(grants.map(({ ref }) => ref)),
  );
}

function withOldSecrets(ages: NonNullable<KeyFilter['overdue']>, now: Seconds): Sql {
  return sql(
    `ref IN (SELECT old.ref FROM json_each(?) AS age CROSS JOIN key AS old INDEXED BY key_by_secret_age
      ON old.service_ref = age.value ->> 0 AND old.secret_at <= age.value ->> 1
      WHERE old.kind = 'private' AND old.status = 'active' AND old.exp_sort > ?)`,
    JSON.stringify(ages.map(({ serviceRef, until }) => [serviceRef, until])),
    now,
  );
}
