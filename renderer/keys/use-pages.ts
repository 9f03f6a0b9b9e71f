import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { KeyRows, KeyView } from '../../preload/contract.ts';
import { PAGE_SIZE, pageQuery } from './key-queries.ts';
import type { ListView } from './list-view.ts';

interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * The keys by their place in the list, for the rows in view and a page to either side.
 * Pages seen before stay cached; a place whose page has not arrived is undefined.
 */
export function usePages(view: ListView, span: Span, total: number): (index: number) => KeyView | undefined {
  const lastPage = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const from = Math.max(0, Math.floor(span.first / PAGE_SIZE) - 1);
  const to = Math.min(lastPage, Math.floor(Math.max(span.first, span.last) / PAGE_SIZE) + 1);
  const pages = useMemo(
    () => Array.from({ length: Math.max(1, to - from + 1) }, (_, nth) => from + nth),
    [from, to],
  );
  const combine = useCallback(
    (results: UseQueryResult<KeyRows>[]) => results.map(result => result.data?.keys),
    [],
  );
  const rows = useQueries({ queries: pages.map(page => pageQuery(view, page)), combine });
  return useCallback(
    (index: number) => rows[Math.floor(index / PAGE_SIZE) - from]?.[index % PAGE_SIZE],
    [rows, from],
  );
}
