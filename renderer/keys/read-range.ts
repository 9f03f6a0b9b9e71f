import type { QueryClient } from '@tanstack/react-query';
import { MAX_BULK } from '../../preload/contract.ts';
import { CallFailure, call } from '../ui/call.ts';
import { formatCount } from '../ui/dates.ts';
import { pageQuery } from './key-queries.ts';
import { type ListView, toKeyFilter } from './list-view.ts';
import { PAGE_SIZE } from './page-size.ts';

/** Rows of one request for what is not in the cache. */
const CHUNK = PAGE_SIZE * 5;

/**
 * The IDs of the keys from one place of the list to another, in whichever direction.
 *
 * @throws CallFailure QUERY_INVALID when they are more than one change may name
 */
export async function readRange(
  client: QueryClient,
  view: ListView,
  from: number,
  to: number,
): Promise<readonly string[]> {
  const first = Math.min(from, to);
  const length = Math.abs(from - to) + 1;
  if (length > MAX_BULK) {
    throw new CallFailure({
      code: 'QUERY_INVALID',
      message: `${formatCount(length)} keys lie between the two rows. Allowed are up to ${formatCount(MAX_BULK)} at a time.`,
    });
  }
  const places = Array.from({ length }, (_, nth) => first + nth);
  const cached = places.flatMap(place => {
    const { queryKey } = pageQuery(view, Math.floor(place / PAGE_SIZE));
    return client.getQueryData(queryKey)?.keys[place % PAGE_SIZE]?.id ?? [];
  });
  return cached.length === length ? cached : readRows(view, first, length);
}

async function readRows(view: ListView, first: number, length: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let read = 0; read < length; read += CHUNK) {
    const { keys } = await call(
      window.keysmith.keys.page({
        ...toKeyFilter(view),
        sort: view.sort,
        offset: first + read,
        limit: Math.min(CHUNK, length - read),
      }),
    );
    ids.push(...keys.map(({ id }) => id));
  }
  return ids;
}
