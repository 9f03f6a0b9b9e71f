import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyCount } from '../../preload/contract.ts';
import { useDelayed } from '../ui/use-delayed.ts';
import { countQuery, pageQuery } from './key-queries.ts';
import { type ListView, toKeyFilter } from './list-view.ts';
import { PAGE_SIZE } from './page-size.ts';

interface SettledView {
  /** The view whose rows are on the screen: the one asked for as soon as its first page is there. */
  readonly view: ListView;
  readonly count: KeyCount;
  /** True once there is anything to show. */
  readonly loaded: boolean;
  /** True when the view asked for is taking long. */
  readonly slow: boolean;
  readonly error: Error | null;
}

/** Keeps the old rows on the screen until the first ones of a new view have arrived, so that nothing flickers. */
export function useSettledView(asked: ListView): SettledView {
  const [settled, setSettled] = useState(asked);
  const first = useQuery(pageQuery(asked, 0));
  if (first.isSuccess && settled !== asked) setSettled(asked);
  const shown = useQuery({ ...pageQuery(settled, 0), enabled: settled === asked || first.isError });
  const count = useQuery(countQuery(toKeyFilter(settled)));
  const slow = useDelayed(first.isPending);
  return {
    view: settled,
    count: knownCount(count.data, shown.data?.keys.length ?? 0),
    loaded: shown.data !== undefined,
    slow,
    error: first.error,
  };
}

/** The page does not wait for the count: until it is there, there are as many keys as the first page has, or more. */
function knownCount(counted: KeyCount | undefined, onFirstPage: number): KeyCount {
  if (!counted) return { keys: onFirstPage, isMore: onFirstPage === PAGE_SIZE };
  return counted.isMore ? { keys: Math.max(counted.keys, onFirstPage), isMore: true } : counted;
}
