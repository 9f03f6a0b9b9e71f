import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/** Bundles end by the clock, without a change in the database. */
const CLOCK_INTERVAL = 60_000;

/** The bundles of a service, and what the newest does not carry. */
export function bundlesQuery(service: string) {
  return queryOptions({
    queryKey: ['bundles', 'list', service],
    queryFn: () => call(window.keysmith.bundles.list({ service })),
  });
}

/** When the last backup was made. */
export const lastBackupQuery = queryOptions({
  queryKey: ['backups', 'last'],
  queryFn: () => call(window.keysmith.backups.last()),
  refetchInterval: CLOCK_INTERVAL,
});

/** Services whose newest bundle lacks something or is about to end. */
export const warningsQuery = queryOptions({
  queryKey: ['bundles', 'warnings'],
  queryFn: () => call(window.keysmith.bundles.warnings()),
  refetchInterval: CLOCK_INTERVAL,
});
