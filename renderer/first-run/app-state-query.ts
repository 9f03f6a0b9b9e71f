import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/** Where the app stands; the verbs that change it put their answer here. */
export const appStateQuery = queryOptions({
  queryKey: ['app'],
  queryFn: () => call(window.keysmith.app.state()),
});
