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

/** Counts a key as `change` says: -1 for what it was, 1 for what it is. Part of the transaction that writes the key. */
export function countKey(
  connection: Connection,
  key: Draft<Key>,
  catalog: readonly CatalogRow[],
  change: 1 | -1,
): void {
  const statement = connection.prepare(`
    INSERT INTO counter (service_ref, field, value, keys) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET keys = keys + excluded.keys`);
  for (const [field, value] of countedOf(key, catalog)) statement.run(key.serviceRef, field, value, change);
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
