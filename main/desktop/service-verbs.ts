import { createService } from '../keys/create-service.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { type Service, toCatalog } from '../keys/service.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { toServiceView } from './views.ts';

type ServiceHandlers = Pick<Handlers, 'services:list' | 'services:show' | 'services:create'>;

export function serviceVerbs({ sessions, clock, changed }: DesktopContext): ServiceHandlers {
  const view = (reader: Reader, service: Service) =>
    toServiceView(service, reader.activeKeys(service.ref, clock()));
  return {
    'services:list': () =>
      sessions.require().store.snapshot(reader => reader.services().map(service => view(reader, service))),
    'services:show': ({ service: slug }) =>
      sessions.require().store.snapshot(reader => {
        const service = requireService(reader, slug);
        return {
          ...view(reader, service),
          catalog: toCatalog(reader.catalog(service.ref)),
          policy: service.policy,
        };
      }),
    'services:create': request => {
      const { ports, actor, store } = sessions.require();
      return changed(view(store, createService(ports, actor, request)));
    },
  };
}
