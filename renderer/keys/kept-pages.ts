import type { QueryClient } from '@tanstack/react-query';

/** Pages that stay in memory after they scrolled away: some ten thousand rows. */
const KEPT = 100;

/** Forgets the pages that were read longest ago. Those on the screen stay. */
export function forgetOldPages(client: QueryClient): void {
  const cache = client.getQueryCache();
  const pages = cache.findAll({ queryKey: ['keys', 'page'], type: 'inactive', fetchStatus: 'idle' });
  if (pages.length <= KEPT) return;
  const oldestFirst = pages.toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt);
  for (const page of oldestFirst.slice(0, pages.length - KEPT)) cache.remove(page);
}
