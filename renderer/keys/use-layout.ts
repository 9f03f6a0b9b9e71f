import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { DEFAULT_LAYOUT, type Layout } from '../../preload/contract.ts';
import { layoutQuery } from './layout-query.ts';

/** A drag of a column's edge is many changes; the last one is kept. */
const PAUSE = 300;

/** How the admin arranged the window, and the way to change it. Kept between starts. */
export function useLayout(): [layout: Layout, change: (part: Partial<Layout>) => void] {
  const client = useQueryClient();
  const { data: layout = DEFAULT_LAYOUT } = useQuery(layoutQuery);
  const keep = useDebouncedCallback((next: Layout) => void window.keysmith.settings.keepLayout(next), {
    delay: PAUSE,
    flushOnUnmount: true,
  });
  const keepNow = useEffectEvent(() => keep.flush());
  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') keepNow();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, []);

  function change(part: Partial<Layout>) {
    const next = { ...(client.getQueryData(layoutQuery.queryKey) ?? layout), ...part };
    client.setQueryData(layoutQuery.queryKey, next);
    keep(next);
  }

  return [layout, change];
}
