import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ServiceDetail } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';

/** Finds a permission's title in a service's catalog; its ID where the catalog has none. */
export type PermissionTitle = (service: string, permission: string) => string;

interface ServicesInView {
  readonly titleOf: PermissionTitle;
  /** True when keys in view can be of more than one kind. */
  readonly severalKinds: boolean;
}

/** What the rows need to know of the services whose keys are in view. */
export function useServicesInView(slugs: readonly string[]): ServicesInView {
  const combine = useCallback(
    (results: UseQueryResult<ServiceDetail>[]) => ({
      titles: new Map(
        results.flatMap(({ data }) =>
          data ? [[data.slug, new Map(data.catalog.permissions.map(({ id, title }) => [id, title]))]] : [],
        ),
      ),
      severalKinds: results.some(({ data }) => (data?.policy.kinds.length ?? 0) > 1),
    }),
    [],
  );
  const { titles, severalKinds } = useQueries({ queries: slugs.map(slug => serviceQuery(slug)), combine });
  const titleOf = useCallback<PermissionTitle>(
    (service, permission) => titles.get(service)?.get(permission) ?? permission,
    [titles],
  );
  return { titleOf, severalKinds };
}
