import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';
import type { AuditFilter } from './audit-view.ts';

/** Rows of one request. */
const PAGE_SIZE = 100;
/** How long pages that are no longer shown are kept, in milliseconds. */
const KEPT = 10_000;

export const overviewQuery = queryOptions({
  queryKey: ['audit', 'overview'],
  queryFn: () => call(window.keysmith.audit.overview()),
});

/**
 * The entries that match, from the newest back, as the log was when `top` was its newest entry. An entry never changes:
 * what was read is not read again, however much is written meanwhile.
 */
export function entriesQuery(filter: AuditFilter, top: number | null) {
  return infiniteQueryOptions({
    queryKey: ['audit', 'entries', filter, top],
    queryFn: ({ pageParam: before }) =>
      call(window.keysmith.audit.page({ ...filter, before, limit: PAGE_SIZE })),
    initialPageParam: (top ?? 0) + 1,
    getNextPageParam: last => last.next,
    staleTime: 'static',
    gcTime: KEPT,
    enabled: top !== null,
    placeholderData: keepPreviousData,
  });
}
