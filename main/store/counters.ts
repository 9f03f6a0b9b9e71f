import type { Ref } from '../keys/ids.ts';
import type { Key } from '../keys/key.ts';
import type { Draft } from '../keys/ports.ts';
import type { CatalogRow } from '../keys/service.ts';
import type { Connection } from './connection.ts';
import { heldEntries, isUnsaved } from './key-rows.ts';

/** What is counted of keys, by service: unfiltered counts are read from here, never computed. */
export type CounterField = 'status' | 'kind' | 'grant' | 'has_ip' | 'created_by' | 'unsaved';

type Counted = readonly (readonly [CounterField, string])[];

function countedOf(key: Draft<Key>, catalog: readonly CatalogRow[]): Counted {
  return [
    ['status', key.status],
    ['kind', key.kind],
    ['has_ip', key.allowedIps.length > 0 ? '1' : '0'],
    ['created_by', key.createdBy],
    ...(isUnsaved(key) ? ([['unsaved', '1']] as const) : []),
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

export function readCounter(
  { prepare }: Connection,
  serviceRef: Ref,
  field: CounterField,
  value: string,
): number {
  const row = prepare('SELECT keys FROM counter WHERE service_ref = ? AND field = ? AND value = ?').get(
    serviceRef,
    field,
    value,
  );
  return (row?.keys as number | undefined) ?? 0;
}
