import type { Ref, Seconds } from './ids.ts';
import type { Key } from './key.ts';
import type { KeyCursor, KeyFilter, KeySort } from './key-query.ts';
import type { Reader } from './ports.ts';

/** Keys of a list that are looked up at a time: finding out where a page goes on takes as long as some keys. */
const PAGE = 2000;

/** Keys read at a time: more are not read any faster, and what lives longer than it must is copied around in memory. */
const READ = 50;

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

/** Keys that match, in an order, some at a time. */
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
    const { refs, next } = reader.keyRefs({ ...filter, sort, limit: Math.min(rest, PAGE), ...from }, now);
    for (let at = 0; at < refs.length; at += READ) yield reader.keysByRef(refs.slice(at, at + READ));
    rest -= refs.length;
    after = next;
  }
}
