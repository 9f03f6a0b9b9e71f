import type { ServiceDetail } from '../../preload/contract.ts';
import { createService } from '../keys/create-service.ts';
import { editService } from '../keys/edit-service.ts';
import { importCatalog, parseCatalog } from '../keys/import-catalog.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { type Service, toCatalog } from '../keys/service.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { toServiceView } from './views.ts';

type ServiceChannel = Extract<keyof Handlers, `services:${string}`>;

export function serviceVerbs({ sessions, clock, changed }: DesktopContext): Pick<Handlers, ServiceChannel> {
  const view = (reader: Reader, service: Service) =>
    toServiceView(service, reader.activeKeys(service.ref, clock()));
  const detail = (reader: Reader, slug: string): ServiceDetail => {
    const service = requireService(reader, slug);
    return {
      ...view(reader, service),
      catalog: toCatalog(reader.catalog(service.ref)),
      policy: service.policy,
    };
  };
  return {
    'services:list': () =>
      sessions.require().store.snapshot(reader => reader.services().map(service => view(reader, service))),
    'services:show': ({ service }) => sessions.require().store.snapshot(reader => detail(reader, service)),
    'services:create': request => {
      const { ports, actor, store } = sessions.require();
      return changed(view(store, createService(ports, actor, request)));
    },
    'services:edit': request => {
      const { ports, actor, store } = sessions.require();
      return changed(detail(store, editService(ports, actor, request).slug));
    },
    'services:import-catalog': ({ service, catalog, force }) => {
      const { ports, actor, store } = sessions.require();
      const { exposed } = importCatalog(ports, actor, { service, catalog: parseCatalog(catalog), force });
      return changed({ service: detail(store, service), exposed });
    },
  };
}
