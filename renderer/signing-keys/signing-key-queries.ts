import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

/** Tokens end by the clock, without a change in the database. */
const CLOCK_INTERVAL = 60_000;

export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: () => call(window.keysmith.signingKeys.list()),
  refetchInterval: CLOCK_INTERVAL,
});

/** The keys whose tokens depend on a signing key. */
export function dependentsQuery(kid: string) {
  return queryOptions({
    queryKey: ['signing-keys', 'dependents', kid],
    queryFn: () => call(window.keysmith.signingKeys.dependents({ kid })),
  });
}

/** The fingerprint of the trust file. Asking for it makes the first trust key. */
export const trustQuery = queryOptions({
  queryKey: ['signing-keys', 'trust'],
  queryFn: () => call(window.keysmith.signingKeys.trust()),
});
