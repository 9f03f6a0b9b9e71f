import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ServiceDetail, ServiceView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import type { Titles } from './titles-context.ts';

interface ServicesInView {
  readonly titles: Titles;
  /** True when keys in view can be of more than one kind. */
  readonly severalKinds: boolean;
}

type Named = readonly { readonly id: string; readonly title: string }[];

const byId = (entries: Named) => new Map(entries.map(({ id, title }) => [id, title]));

/** What the rows need to know of the services whose keys are in view. */
export function useServicesInView(
  slugs: readonly string[],
  services: readonly ServiceView[],
): ServicesInView {
  const combine = useCallback(
    (results: UseQueryResult<ServiceDetail>[]) => ({
      catalogs: new Map(
        results.flatMap(({ data }) =>
          data
            ? [[data.slug, { permissions: byId(data.catalog.permissions), roles: byId(data.catalog.roles) }]]
            : [],
        ),
      ),
      severalKinds: results.some(({ data }) => (data?.policy.kinds.length ?? 0) > 1),
    }),
    [],
  );
  const { catalogs, severalKinds } = useQueries({
    queries: slugs.map(slug => serviceQuery(slug)),
    combine,
  });
  const titles = useMemo<Titles>(() => {
    const names = new Map(services.map(({ slug, title }) => [slug, title]));
    return {
      service: slug => names.get(slug) ?? slug,
      permission: (service, permission) => catalogs.get(service)?.permissions.get(permission) ?? permission,
      role: (service, role) => catalogs.get(service)?.roles.get(role) ?? role,
    };
  }, [catalogs, services]);
  return { titles, severalKinds };
}
