import type { Key } from '../../main/keys/key.ts';
import type { KeyQuery } from '../../main/keys/key-query.ts';
import type { Reader } from '../../main/keys/ports.ts';
import { walkPages } from '../../main/keys/walk-pages.ts';
import { type Order, plainOrder } from '../fixtures/plain-order.ts';
import { plainScan } from '../fixtures/plain-scan.ts';
import { requireRight } from './benchmark.ts';
import { LIST_MIXES, type ListMix, queryOfMix } from './list-mixes.ts';

/** A page of a mix, and what a plain scan has counted for it so far. */
interface Watched {
  readonly mix: ListMix;
  readonly page: readonly Key[];
  /** Whether there are fewer keys on it than a page has: then no further key may match. */
  readonly isShort: boolean;
  /** How many keys must stand before it. */
  readonly start: number;
  readonly order: Order;
  before: number;
  within: number;
  beyond: number;
}

/**
 * Holds the page of every mix against all keys, read one after the other and judged by a scan that knows no index:
 * the page is in order, no key before it or on it is missing, none is too many, and a short one is the last.
 *
 * @returns how many pages were compared
 * @throws WrongWork for the first that is not so
 */
export function requireSamePages(reader: Reader, now: number): number {
  const watched = LIST_MIXES.map(mix => watch(reader, mix, now));
  const scan = plainScan(reader, now);
  for (const { ref } of reader.services())
    for (const keys of walkPages(after => reader.keysOf(ref, after, 1000)))
      for (const key of keys)
        for (const each of watched) count(each, key, () => scan(each.mix.criteria, key));
  for (const each of watched) judge(each);
  return watched.length;
}

function watch(reader: Reader, mix: ListMix, now: number): Watched {
  const query = queryOfMix(reader, mix, now);
  const { keys: page } = reader.keys(query, now);
  const order = plainOrder(query.sort, now);
  requireRight(
    page.every((key, nth) => nth === 0 || order(page[nth - 1] as Key, key) < 0),
    `the page of ${JSON.stringify(mix)} is not in order`,
  );
  const isShort = page.length < query.limit;
  return {
    mix,
    page,
    isShort,
    start: startOf(reader, mix, query, now),
    order,
    before: 0,
    within: 0,
    beyond: 0,
  };
}

function startOf(
  reader: Reader,
  { place }: ListMix,
  { after, offset = 0, ...query }: KeyQuery,
  now: number,
): number {
  if (place === 'first' || place.by === 'offset') return offset;
  // The cursor stands on the key with this number; the page begins behind it.
  return after ? Math.floor(reader.countKeys(query, now) * place.share) + 1 : 0;
}

function count(each: Watched, key: Key, matches: () => boolean): void {
  const { page, order, isShort } = each;
  const [first, last] = [page[0], page.at(-1)];
  const isBefore = first !== undefined && order(key, first) < 0;
  const isBeyond = last === undefined || order(key, last) > 0;
  // Most keys stand beyond a full page, where nothing hangs on them.
  if ((isBeyond && !isShort) || (isBefore && each.start === 0 && each.before > 0)) return;
  if (!matches()) return;
  if (isBefore) each.before += 1;
  else if (isBeyond) each.beyond += 1;
  else each.within += 1;
}

function judge({ mix, page, isShort, start, before, within, beyond }: Watched): void {
  const what = `the page of ${JSON.stringify(mix)}`;
  // An empty page has no first key to stand before: what matches then stands beyond it, or before where it starts.
  if (page.length === 0) {
    requireRight(beyond <= start, `${what} is empty, and ${beyond} keys match`);
    return;
  }
  requireRight(before === start, `${before} keys stand before ${what}, not ${start}`);
  requireRight(within === page.length, `${within} keys belong on ${what}, which has ${page.length}`);
  requireRight(!isShort || beyond === 0, `${what} is short, and ${beyond} keys more match`);
}
