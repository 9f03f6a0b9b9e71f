import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

export const servicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: () => call(window.keysmith.services.list()),
});

/** A service with its catalog and policy. */
export function serviceQuery(slug: string) {
  return queryOptions({
    queryKey: ['service', slug],
    queryFn: () => call(window.keysmith.services.show({ service: slug })),
  });
}
