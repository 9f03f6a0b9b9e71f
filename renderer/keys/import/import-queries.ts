import { queryOptions } from '@tanstack/react-query';
import { call } from '../../ui/call.ts';

/** Bulk issues that were begun and not ended. Asked only by those who may issue keys. */
export const unfinishedQuery = queryOptions({
  queryKey: ['imports', 'unfinished'],
  queryFn: () => call(window.keysmith.imports.unfinished()),
});
