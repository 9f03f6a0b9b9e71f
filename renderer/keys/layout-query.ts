import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/**
 * How the admin arranged the window. Read once: from then on the window knows better than the file, which it writes
 * a moment after a change.
 */
export const layoutQuery = queryOptions({
  queryKey: ['layout'],
  queryFn: () => call(window.keysmith.settings.layout()),
  staleTime: 'static',
  gcTime: Number.POSITIVE_INFINITY,
});
