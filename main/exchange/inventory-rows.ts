import { resolveCriteria } from '../keys/key-criteria.ts';
import { requireKey } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { type Span, walkKeys, walkPages } from '../keys/walk-pages.ts';
import type { InventoryRow } from './inventory.ts';
import type { InventoryHalf, InventoryJob, InventoryKeys } from './jobs.ts';

/** Removed keys read at a time. */
const PAGE = 1000;

export interface InventoryPages {
  readonly total: number;
  readonly pages: Iterable<readonly InventoryRow[]>;
}

/**
 * The rows of an inventory, a page at a time, removed keys last.
 *
 * @throws SERVICE_NOT_FOUND, PERMISSION_UNKNOWN, ROLE_UNKNOWN, QUERY_INVALID, IP_INVALID, KEY_NOT_FOUND
 */
export function inventoryRows(
  reader: Reader,
  keys: InventoryKeys,
  { removed, now, half }: Pick<InventoryJob, 'removed' | 'now' | 'half'>,
): InventoryPages {
  if (keys.kind === 'picked') {
    const rows = keys.ids.map(id => ({ key: requireKey(reader, id), removed: false }));
    return { total: rows.length, pages: [rows] };
  }
  const { criteria, sort } = keys;
  const filter = resolveCriteria(reader, criteria, now);
  const all = reader.countKeys(filter, now);
  const span = spanOf(all, half);
  function* pages() {
    for (const page of walkKeys(reader, filter, sort, now, span))
      yield page.map(key => ({ key, removed: false }));
    if (removed && half !== 'first') yield* removedRows(reader, criteria.service);
  }
  return { total: Math.min(span.limit ?? all, all - (span.offset ?? 0)), pages: pages() };
}

/** Both halves are counted alike, so that each key is in one of them. */
function spanOf(all: number, half: InventoryHalf | undefined): Span {
  const first = Math.floor(all / 2);
  if (half === undefined) return {};
  return half === 'first' ? { limit: first } : { offset: first };
}

function* removedRows(reader: Reader, service: string | undefined): Generator<readonly InventoryRow[]> {
  for (const page of walkPages(after => reader.tombstones(after, PAGE))) {
    yield page
      .filter(tombstone => service === undefined || tombstone.service === service)
      .map(({ key }) => ({ key, removed: true }));
  }
}
