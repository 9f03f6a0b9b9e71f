import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { KeyRows, KeyView } from '../../preload/contract.ts';
import { pageQuery } from './key-queries.ts';
import type { ListView } from './list-view.ts';
import { PAGE_SIZE } from './page-size.ts';
import { pagesAround } from './pages-around.ts';
import type { RowSpan } from './row-window.ts';

export interface Pages {
  /** The key at a place in the list; undefined while its page has not arrived. */
  readonly keyAt: (index: number) => KeyView | undefined;
  /** How long the list is, where a page that has arrived is its last; undefined where none is. */
  readonly end: number | undefined;
  /** The slugs of the services whose keys have arrived, in one order, whichever came first. */
  readonly services: readonly string[];
}

/** The keys by their place in the list, for the rows in view and a page to either side. */
export function usePages(view: ListView, span: RowSpan, total: number): Pages {
  const pages = useMemo(() => pagesAround(span, total), [span, total]);
  const combine = useCallback(
    (results: UseQueryResult<KeyRows>[]) => results.map(result => result.data?.keys),
    [],
  );
  const keys = useQueries({ queries: pages.map(page => pageQuery(view, page)), combine });
  return useMemo(() => {
    const loaded = new Map(pages.map((page, nth) => [page, keys[nth]]));
    const last = [...loaded].find(([, found]) => found !== undefined && found.length < PAGE_SIZE);
    return {
      keyAt: index => loaded.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
      end: last && last[0] * PAGE_SIZE + (last[1]?.length ?? 0),
      services: [...new Set(keys.flatMap(found => found?.map(({ service }) => service) ?? []))].sort(),
    };
  }, [pages, keys]);
}
