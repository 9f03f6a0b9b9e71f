import { PAGE_SIZE } from './page-size.ts';
import type { RowSpan } from './row-window.ts';

/** The pages to have: those in view last, because what was asked for last is read first, and one to either side. */
export function pagesAround({ first, last }: RowSpan, total: number): readonly number[] {
  const lastPage = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const from = Math.min(lastPage, Math.floor(first / PAGE_SIZE));
  const to = Math.min(lastPage, Math.floor(Math.max(first, last) / PAGE_SIZE));
  const inView = Array.from({ length: to - from + 1 }, (_, nth) => from + nth);
  return [...(from > 0 ? [from - 1] : []), ...(to < lastPage ? [to + 1] : []), ...inView];
}

/** The same rows and all others of their pages; the given span where these are what it says already. */
export function wholePages({ first, last }: RowSpan, before: RowSpan): RowSpan {
  const from = Math.floor(first / PAGE_SIZE) * PAGE_SIZE;
  const to = Math.floor(last / PAGE_SIZE) * PAGE_SIZE + PAGE_SIZE - 1;
  return before.first === from && before.last === to ? before : { first: from, last: to };
}
