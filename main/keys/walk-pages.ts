import type { Ref, Seconds } from './ids.ts';
import type { Key } from './key.ts';
import type { KeyCursor, KeyFilter, KeySort } from './key-query.ts';
import type { Reader } from './ports.ts';

/** Keys read at a time: more are not read any faster, and stay in memory until their page is written. */
const PAGE = 500;

/** Everything that is read by reference, a page at a time; what comes after the last one ends it. */
export function* walkPages<T extends { readonly ref: Ref }>(
  read: (after: Ref | null) => readonly T[],
): Generator<readonly T[]> {
  for (let page = read(null); page.length > 0; page = read(page.at(-1)?.ref ?? null)) yield page;
}

/** Which keys of a list: all of it where nothing is said. */
export interface Span {
  readonly offset?: number;
  readonly limit?: number;
}

/** Keys that match, in an order, a page at a time. */
export function* walkKeys(
  reader: Reader,
  filter: KeyFilter,
  sort: KeySort,
  now: Seconds,
  { offset = 0, limit = Number.POSITIVE_INFINITY }: Span = {},
): Generator<readonly Key[]> {
  let after: KeyCursor | null | undefined;
  for (let rest = limit; rest > 0 && after !== null; ) {
    const from = after ? { after } : { offset };
    const page = reader.keys({ ...filter, sort, limit: Math.min(rest, PAGE), ...from }, now);
    yield page.keys;
    rest -= page.keys.length;
    after = page.next;
  }
}
