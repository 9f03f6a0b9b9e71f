import { createContext, use } from 'react';
import { hasRight, mayManageKeys, type OperatorRole, type ServiceView } from '../../preload/contract.ts';

/** What whoever works here may do: by the one table, the same that main asks before each change. */
export interface Rights {
  readonly may: (action: Parameters<typeof hasRight>[1]) => boolean;
  /** Whether keys of a service may be changed; not before it is known who manages them. */
  readonly manages: (service: string) => boolean;
  /** Whether there is a service whose keys may be changed. */
  readonly managesAny: boolean;
  /** Whether keys of every service may be changed. */
  readonly managesAll: boolean;
}

/** @param services undefined until they are known */
export function rightsOf(
  role: OperatorRole,
  services: readonly Pick<ServiceView, 'slug' | 'managedBy'>[] | undefined,
): Rights {
  // Whoever manages what admins manage, manages everything.
  const all = mayManageKeys(role, 'admin');
  const managed = new Set(
    services?.filter(({ managedBy }) => mayManageKeys(role, managedBy)).map(({ slug }) => slug),
  );
  return {
    may: action => hasRight(role, action),
    manages: service => all || managed.has(service),
    managesAny: services === undefined ? all : managed.size > 0,
    managesAll: all || (services !== undefined && managed.size === services.length),
  };
}

/** Nothing, until it is known who works here. */
export const RightsContext = createContext<Rights>({
  may: () => false,
  manages: () => false,
  managesAny: false,
  managesAll: false,
});

/** For everything that offers a change: what an operator may not do is not shown. */
export function useRights(): Rights {
  return use(RightsContext);
}
