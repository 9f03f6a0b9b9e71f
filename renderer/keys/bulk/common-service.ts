import type { QueryClient } from '@tanstack/react-query';
import type { KeyRows, Policy, ServiceView } from '../../../preload/contract.ts';

/** For keys of several services: offers everything, and main says for which keys it is too much. */
export const ANY_POLICY: Policy = {
  kinds: ['private'],
  expiry: { required: false, default: 'P1Y', max: null, choices: ['P30D', 'P90D', 'P6M', 'P1Y'] },
  allowed_ips: false,
  rotation: null,
  renamable: true,
  managed_by: 'manager',
};

/** The slug of the one service that all these keys open, as far as the pages that were loaded tell; else null. */
export function serviceOf(
  client: QueryClient,
  ids: readonly string[],
  services: readonly ServiceView[],
): string | null {
  const [first] = services;
  if (first && services.length === 1) return first.slug;
  const pages = client.getQueriesData<KeyRows>({ queryKey: ['keys', 'page'] });
  const serviceById = new Map(
    pages.flatMap(([, rows]) => (rows?.keys ?? []).map(({ id, service }): [string, string] => [id, service])),
  );
  const found = new Set(ids.map(id => serviceById.get(id)));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
