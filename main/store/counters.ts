import type { Ref, Seconds } from '../keys/ids.ts';
import type { Key } from '../keys/key.ts';
import type { Draft } from '../keys/ports.ts';
import type { CatalogRow } from '../keys/service.ts';
import type { Connection } from './connection.ts';
import { DAY, expiryDay } from './expiry-days.ts';
import { heldEntries, isUnsaved } from './key-rows.ts';

/**
 * What is counted of keys, by service: unfiltered counts are read from here, never computed. `expires` counts the keys
 * that are not revoked by stored status and day of expiry: how many are expired is a sum of days.
 */
export type CounterField = 'status' | 'kind' | 'grant' | 'has_ip' | 'created_by' | 'unsaved' | 'expires';

type Counted = readonly (readonly [CounterField, string])[];

function countedOf(key: Draft<Key>, catalog: readonly CatalogRow[]): Counted {
  return [
    ['status', key.status],
    ['kind', key.kind],
    ['has_ip', key.allowedIps.length > 0 ? '1' : '0'],
    ['created_by', key.createdBy],
    ...(isUnsaved(key) ? ([['unsaved', '1']] as const) : []),
    ...(key.status === 'revoked'
      ? []
      : ([['expires', `${key.status} ${expiryDay(key.expiresAt)}`]] as const)),
    ...heldEntries(key, catalog).map(({ ref }) => ['grant', String(ref)] as const),
  ];
}

const ADD = `
  INSERT INTO counter (service_ref, field, value, keys) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET keys = keys + excluded.keys`;

/** Counts a key as `change` says: -1 for what it was, 1 for what it is. Part of the transaction that writes the key. */
export function countKey(
  connection: Connection,
  key: Draft<Key>,
  catalog: readonly CatalogRow[],
  change: 1 | -1,
): void {
  const statement = connection.prepare(ADD);
  for (const [field, value] of countedOf(key, catalog)) statement.run(key.serviceRef, field, value, change);
}

/** Counts many new keys: each counter is written once. */
export function countKeys(
  connection: Connection,
  keys: readonly Draft<Key>[],
  catalogOf: (serviceRef: Ref) => readonly CatalogRow[],
): void {
  const sums = new Map<string, { readonly of: readonly [Ref, CounterField, string]; keys: number }>();
  for (const key of keys) {
    for (const [field, value] of countedOf(key, catalogOf(key.serviceRef))) {
      const name = `${key.serviceRef}/${field}/${value}`;
      const sum = sums.get(name);
      if (sum) sum.keys += 1;
      else sums.set(name, { of: [key.serviceRef, field, value], keys: 1 });
    }
  }
  const statement = connection.prepare(ADD);
  for (const { of, keys: count } of sums.values()) statement.run(...of, count);
}

/** One counter, for one service or summed over all. */
export function readCounter(
  { prepare }: Pick<Connection, 'prepare'>,
  serviceRef: Ref | undefined,
  field: CounterField,
  value: string,
): number {
  const row = prepare(
    `SELECT sum(keys) AS keys FROM counter WHERE ${ofServices(serviceRef)} AND field = ? AND value = ?`,
  ).get(serviceRef ?? null, field, value);
  return (row?.keys as number | null | undefined) ?? 0;
}

/** Every value of a field with its number of keys, for one service or summed over all. */
export function readCounters(
  { prepare }: Pick<Connection, 'prepare'>,
  serviceRef: Ref | undefined,
  field: CounterField,
): ReadonlyMap<string, number> {
  const rows = prepare(
    `SELECT value, sum(keys) AS keys FROM counter WHERE ${ofServices(serviceRef)} AND field = ? GROUP BY value`,
  ).all(serviceRef ?? null, field);
  return new Map(rows.map(({ value, keys }) => [value as string, keys as number]));
}

/** Keys that expire, by what they are stored as; revoked ones do not count. */
export interface Expiring {
  readonly active: number;
  readonly disabled: number;
}

/** How many keys expire at or before a time; of those, only the ones that expire after another. */
export function readExpiring(
  { prepare }: Pick<Connection, 'prepare'>,
  serviceRef: Ref | undefined,
  until: Seconds,
  after?: Seconds,
): Expiring {
  const first = after === undefined ? '' : expiryDay(after);
  const wholeDays = (status: keyof Expiring) =>
    (prepare(
      `SELECT sum(keys) AS keys FROM counter WHERE ${ofServices(serviceRef)} AND field = 'expires' AND value >= ? AND value < ?`,
    ).get(serviceRef ?? null, `${status} ${first}`, `${status} ${expiryDay(until)}`)?.keys ?? 0) as number;
  // What a day has of it so far, the index says. The plus keeps SQLite from an index that begins with the service.
  const ofDay = (time: Seconds) =>
    prepare<Expiring>(
      `SELECT count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status = 'disabled') AS disabled
       FROM key WHERE exp_sort >= ? AND exp_sort <= ? ${serviceRef === undefined ? '' : 'AND +service_ref = ?'}`,
    ).get(Number(expiryDay(time)) * DAY, time, ...(serviceRef === undefined ? [] : [serviceRef])) as Expiring;
  const last = ofDay(until);
  const before = after === undefined ? { active: 0, disabled: 0 } : ofDay(after);
  return {
    active: wholeDays('active') + last.active - before.active,
    disabled: wholeDays('disabled') + last.disabled - before.disabled,
  };
}

/** The key of the table begins with the service: without one, each is looked up, instead of reading all counters. */
function ofServices(serviceRef: Ref | undefined): string {
  return serviceRef === undefined
    ? '(service_ref IN (SELECT ref FROM service) AND ? IS NULL)'
    : 'service_ref = ?';
}
