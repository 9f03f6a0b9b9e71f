import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/** What the window does by itself on this machine. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => call(window.keysmith.settings.preferences()),
});
