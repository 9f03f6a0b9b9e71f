import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/** Everybody who works here or did, in the order in which they were added. */
export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: () => call(window.keysmith.operators.list()),
});
