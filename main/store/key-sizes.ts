import type { Ref } from '../keys/ids.ts';
import type { CatalogRow } from '../keys/service.ts';
import type { Connection } from './connection.ts';
import { type CounterField, readCounter } from './counters.ts';
import type { Sql } from './key-conditions.ts';

/** Up to here ranges are counted; beyond, a sample says how many there are. */
const COUNTED = 20_000;

const STORED = ['active', 'disabled', 'revoked'] as const;

/**
 * How many keys there are of what. These numbers choose a way and decide nothing else: a counter that was edited by
 * hand makes a list slow, never wrong.
 */
export function keySizes(connection: Connection, share: (condition: Sql) => number) {
  const { prepare } = connection;
  const sum = (service: Ref | undefined, field: CounterField, values: readonly string[]) =>
    values.reduce((keys, value) => keys + readCounter(connection, service, field, value), 0);
  const total = sum(undefined, 'status', STORED);

  return {
    all: () => total,
    ofService: (ref: Ref): number => sum(ref, 'status', STORED),
    of: (field: CounterField, values: readonly string[], service?: Ref): number =>
      sum(service, field, values),
    holding: (entries: readonly CatalogRow[]): number =>
      entries.reduce((keys, { serviceRef, ref }) => keys + sum(serviceRef, 'grant', [String(ref)]), 0),
    /** How many rows of a table meet a condition. */
    measure(from: string, { sql, bound }: Sql): number {
      const row = prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${sql} LIMIT ?)`).get(
        ...bound,
        COUNTED,
      );
      const counted = row?.n as number;
      return counted < COUNTED ? counted : Math.max(COUNTED, Math.round(share({ sql, bound }) * total));
    },
  };
}
