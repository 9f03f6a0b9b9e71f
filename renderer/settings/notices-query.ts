import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/** What there is to say about the file of the settings. */
export const noticesQuery = queryOptions({
  queryKey: ['settings-notices'],
  queryFn: () => call(window.keysmith.settings.notices()),
});
