import type { Ref } from '../keys/ids.ts';
import type { CatalogRow } from '../keys/service.ts';
import type { Connection } from './connection.ts';
import type { Sql } from './key-conditions.ts';
import { MASK_BITS } from './key-rows.ts';

/** More different sets of grants than public keys have, whose permissions are few. */
const MAX_SETS = 500;

/**
 * The public keys that hold one of some entries: `key_public` has the keys of equal grants side by side, so that it is
 * enough to look at one of each set. Null when the sets are too many, or the entries lie beyond the masks.
 */
export function exposedKeys(connection: Connection, entries: readonly CatalogRow[]): Sql | null {
  const masks = new Map<Ref, readonly [bigint, bigint]>();
  for (const { serviceRef, bit } of entries) {
    if (bit === null || bit >= 2 * MASK_BITS) return null;
    const [low, high] = masks.get(serviceRef) ?? [0n, 0n];
    const mask = 1n << BigInt(bit % MASK_BITS);
    masks.set(serviceRef, bit < MASK_BITS ? [low | mask, high] : [low, high | mask]);
  }
  const sets = grantSets(connection);
  if (!sets) return null;
  const exposed = sets.filter(({ service, grants: [low, high] }) => {
    const [first, second] = masks.get(service) ?? [0n, 0n];
    return (low & first) !== 0n || (high & second) !== 0n;
  });
  return {
    sql: `ref IN (SELECT held.ref FROM json_each(?) AS one CROSS JOIN key AS held INDEXED BY key_public
      ON held.service_ref = one.value ->> 0 AND held.grants_0 = one.value ->> 1 AND held.grants_1 = one.value ->> 2
      WHERE held.kind = 'public')`,
    bound: [`[${exposed.map(({ service, grants }) => `[${service},${grants}]`).join()}]`],
  };
}

interface GrantSet {
  readonly service: Ref;
  readonly grants: readonly [bigint, bigint];
}

function grantSets({ prepare }: Connection): readonly GrantSet[] | null {
  const next = prepare(
    `SELECT service_ref AS service, CAST(grants_0 AS TEXT) AS low, CAST(grants_1 AS TEXT) AS high
    FROM key INDEXED BY key_public WHERE kind = 'public' AND (service_ref, grants_0, grants_1) > (?, ?, ?)
    ORDER BY service_ref, grants_0, grants_1 LIMIT 1`,
  );
  const sets: GrantSet[] = [];
  for (let row = next.get(-1, 0n, 0n); row; ) {
    const { service, low, high } = row as { service: Ref; low: string; high: string };
    const grants = [BigInt(low), BigInt(high)] as const;
    sets.push({ service, grants });
    if (sets.length > MAX_SETS) return null;
    row = next.get(service, ...grants);
  }
  return sets;
}
