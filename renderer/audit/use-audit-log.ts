import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { AuditEntryView } from '../../preload/contract.ts';
import { type Problem, problemOf } from '../ui/call.ts';
import { useDelayed } from '../ui/use-delayed.ts';
import { entriesQuery, overviewQuery } from './audit-queries.ts';
import { type AuditView, toAuditFilter } from './audit-view.ts';

export interface AuditLog {
  /** The newest first, as far as was read. */
  readonly entries: readonly AuditEntryView[];
  /** How many entries the log has; undefined until that is known. */
  readonly total: number | undefined;
  /** The names of all operators. */
  readonly actors: readonly string[];
  /** True once the newest of it was looked at. */
  readonly loaded: boolean;
  /** True when there may be older entries that match. */
  readonly more: boolean;
  /** The oldest entry that was looked at while more are looked for; null while nothing is. */
  readonly lookingAt: number | null;
  /** True when what is shown is not yet what was asked for, and that takes long. */
  readonly slow: boolean;
  /** True when there are newer entries than those that are shown. */
  readonly newer: boolean;
  readonly problem: Problem | null;
  readonly readMore: () => void;
  readonly showNewer: () => void;
}

/**
 * The log from its newest entry back, page by page.
 *
 * @param follow whether new entries come in by themselves: where someone reads on below, they would move the rows
 */
export function useAuditLog(view: AuditView, follow: boolean): AuditLog {
  const { data: overview, error: unknown } = useQuery(overviewQuery);
  const [top, setTop] = useState<number | null>(null);
  const head = overview?.head;
  if (head !== undefined && head !== top && (top === null || follow)) setTop(head);

  const query = useInfiniteQuery(entriesQuery(toAuditFilter(view), top));
  const { data, error, hasNextPage, isFetching, isPlaceholderData, fetchNextPage } = query;
  const entries = useMemo(() => data?.pages.flatMap(page => page.entries) ?? [], [data]);
  const slow = useDelayed(isPlaceholderData);
  const failure = error ?? unknown;
  return {
    entries,
    total: head,
    actors: overview?.actors ?? [],
    loaded: data !== undefined,
    more: hasNextPage,
    lookingAt: isFetching ? (data?.pages.at(-1)?.next ?? null) : null,
    slow,
    newer: head !== undefined && top !== null && head > top,
    problem: failure ? problemOf(failure) : null,
    readMore() {
      if (hasNextPage && !isFetching && !isPlaceholderData && !failure) void fetchNextPage();
    },
    showNewer: () => setTop(head ?? null),
  };
}
