import type { Ref, Seconds } from '../keys/ids.ts';
import type { Status } from '../keys/key.ts';
import type { KeyFilter } from '../keys/key-query.ts';
import type { Connection } from './connection.ts';
import { exposedKeys } from './exposed-sets.ts';
import { gatherText } from './gather-text.ts';
import { allOf, type Conditions, type FilterGroup, inOneOf, isOneOf, type Sql } from './key-conditions.ts';
import { NEVER } from './key-rows.ts';
import { keySizes } from './key-sizes.ts';
import type { SqlValue } from './seals.ts';

/** An order of keys, and the index that has it. */
export interface Order {
  /** What is compared. */
  readonly value: string;
  readonly index: string;
  /** Whether `value` is an expression: SQLite ends no walk at one together with the reference. */
  readonly computed?: true;
}

/** The keys that are asked for. */
export interface List {
  readonly filter: KeyFilter;
  readonly conditions: Conditions;
  readonly order: Order;
  readonly now: Seconds;
}

/** What leads to the keys of a list, before anybody asks what it costs. */
export interface Trail {
  /** The index that is walked; null where references are looked up. */
  readonly index: string | null;
  /** Which stretch of it, or which references. Follows from the filter: no key of the list is beside it. */
  readonly given: Sql;
  /** How many keys are there. */
  readonly size: number;
  /** The order that it runs in; null for none. */
  readonly runs: string | null;
  /** What it knows of a key without its row: what is filtered by, and what is sorted by. */
  readonly filters: readonly FilterGroup[];
  readonly values: readonly string[];
}

/** What the covering indexes decide; a text is in the rows alone. */
const COVERED: readonly FilterGroup[] = [
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

const CREATED = 'created_at';
const ALL: Sql = { sql: 'TRUE', bound: [] };
const sql = (text: string, ...bound: SqlValue[]): Sql => ({ sql: text, bound });

/**
 * Every trail to the keys of a list: the walk in its order, which is always there, and what its filter opens.
 *
 * @param share the estimated share of all keys that meets a condition
 */
export function trailsOf(connection: Connection, list: List, share: (condition: Sql) => number): Trail[] {
  const { filter, conditions, order, now } = list;
  const { serviceRef, createdBy, statuses, grants } = filter;
  const sizes = keySizes(connection, share);
  const total = sizes.all();
  const created = { runs: CREATED, filters: COVERED, values: [CREATED] };
  const lookedUp = { index: null, runs: null, filters: [], values: [] };
  const trails: Trail[] = [{ ...created, index: 'key_by_created', given: ALL, size: total }];

  if (![CREATED, 'exp_sort'].includes(order.value)) {
    const filters = order.value === 'name_fold' ? COVERED : [];
    trails.push({
      index: order.index,
      given: ALL,
      size: total,
      runs: order.value,
      filters,
      values: [order.value],
    });
  }
  const expiries = expiryRange(filter, now);
  if (expiries ?? order.value === 'exp_sort') {
    const given = expiries ?? ALL;
    const size = expiries ? sizes.measure('key INDEXED BY key_by_expiry', given) : total;
    const values = ['exp_sort', CREATED];
    trails.push({ index: 'key_by_expiry', given, size, runs: 'exp_sort', filters: COVERED, values });
  }
  if (serviceRef !== undefined) {
    const narrow = { given: sql('service_ref = ?', serviceRef), size: sizes.ofService(serviceRef) };
    trails.push({ ...created, ...narrow, index: 'key_by_service', filters: ['service'] });
    if (order.value === 'name_fold')
      trails.push({
        ...narrow,
        index: 'key_name',
        runs: order.value,
        filters: ['service'],
        values: [order.value],
      });
  }
  if (createdBy) {
    const [one = '', ...others] = createdBy;
    const given = others.length === 0 ? sql('created_by = ?', one) : isOneOf('created_by', createdBy);
    const size = sizes.of('created_by', createdBy);
    const runs = others.length === 0 ? CREATED : null;
    trails.push({ ...created, index: 'key_by_creator', given, size, runs, filters: ['createdBy'] });
  }
  if (statuses?.every(isEnded)) {
    const [one = '', ...others] = statuses;
    const stored = others.length === 0 ? sql('status = ?', one) : isOneOf('status', statuses);
    const given = allOf([sql("status <> 'active'"), stored]);
    const runs = others.length === 0 ? CREATED : null;
    trails.push({ ...created, index: 'key_not_active', given, size: sizes.of('status', statuses), runs });
  }
  if (filter.exposed || filter.kinds?.every(kind => kind === 'public')) {
    const ofService = serviceRef === undefined ? [] : [sql('service_ref = ?', serviceRef)];
    const given = allOf([sql("kind = 'public'"), ...ofService]);
    const size = sizes.of('kind', ['public'], serviceRef);
    trails.push({ ...created, index: 'key_public', given, size, runs: null, filters: PUBLIC_COLUMNS });
  }
  const exposed = filter.exposed && exposedKeys(connection, filter.exposed);
  if (exposed) trails.push({ ...lookedUp, given: exposed, size: sizes.measure('key', exposed) });
  if (filter.unsaved) {
    const given = sql('unsaved = 1');
    trails.push({ ...created, index: 'key_unsaved', given, size: sizes.of('unsaved', ['1']) });
  }
  if (grants)
    trails.push({ ...lookedUp, given: holders(grants.map(({ ref }) => ref)), size: sizes.holding(grants) });
  if (filter.overdue) {
    const given = withOldSecrets(filter.overdue, now);
    trails.push({ ...lookedUp, given, size: sizes.measure('key', given) });
  }
  if (filter.hasIps && filter.admits) {
    const given = inOneOf(filter.admits);
    trails.push({ ...lookedUp, given, size: sizes.measure('key', given) });
  }
  const text = gatherText(connection, conditions, total);
  if (text) trails.push({ ...lookedUp, ...text });
  return trails;
}

/** What `key_public` decides without the row. */
const PUBLIC_COLUMNS: readonly FilterGroup[] = [
  'service',
  'statuses',
  'kinds',
  'grants',
  'expiry',
  'exposed',
];

const isEnded = (status: Status) => status === 'disabled' || status === 'revoked';

/** Between which expiries every key of the filter is; null when they may be anywhere. */
function expiryRange({ statuses, expiry, overdue, exposed }: KeyFilter, now: Seconds): Sql | null {
  if (expiry === 'never') return sql('exp_sort = ?', NEVER);
  if (expiry) return sql('exp_sort > ? AND exp_sort <= ?', now, now + expiry.within);
  if (statuses?.every(status => status === 'expired')) return sql('exp_sort <= ?', now);
  const isRunning = statuses?.every(status => status === 'active' || status === 'disabled');
  return isRunning || overdue || exposed ? sql('exp_sort > ?', now) : null;
}

function holders(entries: readonly Ref[]): Sql {
  return sql(
    'ref IN (SELECT key_ref FROM key_grant WHERE catalog_ref IN (SELECT value FROM json_each(?)))',
    JSON.stringify(entries),
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
