import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDelayed } from '../ui/use-delayed.ts';
import { countQuery, pageQuery } from './key-queries.ts';
import { type ListView, toKeyFilter } from './list-view.ts';

interface SettledView {
  /** The view whose rows are on the screen: the one asked for as soon as its first page is there. */
  readonly view: ListView;
  readonly total: number;
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
    // The page does not wait for the count; until it is there, the list is as long as its first page.
    total: count.data ?? shown.data?.keys.length ?? 0,
    loaded: shown.data !== undefined,
    slow,
    error: first.error,
  };
}
