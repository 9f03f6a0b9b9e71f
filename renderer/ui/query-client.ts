import { QueryClient } from '@tanstack/react-query';

/**
 * What main said stays true until the event `changed`, so nothing goes stale by itself.
 * `always`: there is no network to wait for.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});
