import type { ExpiryWindow, Kind, Request, SortField, Status } from '../../preload/contract.ts';

/** What the filter panel narrows the list by. Of several choices in one group, any will do. */
export interface Narrowing {
  readonly statuses: readonly Status[];
  readonly kinds: readonly Kind[];
  /** Permission IDs. */
  readonly permissions: readonly string[];
  /** Role IDs. */
  readonly roles: readonly string[];
  readonly expires: ExpiryWindow | 'never' | null;
  /** Whether allowed IPs are set; both choices narrow nothing. */
  readonly ips: readonly ('set' | 'unset')[];
  /** An address that keys could be used from. */
  readonly admits: string | null;
  readonly createdBy: readonly string[];
  readonly unsaved: boolean;
  readonly overdue: boolean;
  readonly exposed: boolean;
}

/** What the table shows: which keys, in which order. */
export interface ListView extends Narrowing {
  /** Slug; null for the keys of all services. */
  readonly service: string | null;
  readonly text: string;
  readonly sort: ListSort;
}

export interface ListSort {
  readonly field: SortField;
  readonly descending: boolean;
}

export type KeyFilter = Request<'keys:count'>;

export const FIRST_SORT: ListSort = { field: 'created', descending: true };

export const NOT_NARROWED: Narrowing = {
  statuses: [],
  kinds: [],
  permissions: [],
  roles: [],
  expires: null,
  ips: [],
  admits: null,
  createdBy: [],
  unsaved: false,
  overdue: false,
  exposed: false,
};

/** The part of a view that decides which keys are in it. */
export function toKeyFilter(view: Omit<ListView, 'sort'>): KeyFilter {
  const { service, statuses, kinds, permissions, roles, expires, ips, admits, createdBy, text } = view;
  return {
    ...(service === null ? {} : { service }),
    ...(statuses.length === 0 ? {} : { statuses: [...statuses] }),
    ...(kinds.length === 0 ? {} : { kinds: [...kinds] }),
    ...(permissions.length === 0 ? {} : { permissions: [...permissions] }),
    ...(roles.length === 0 ? {} : { roles: [...roles] }),
    ...(expires === null ? {} : { expires }),
    ...(ips.length === 1 ? { hasIps: ips[0] === 'set' } : {}),
    ...(admits === null ? {} : { admits }),
    ...(createdBy.length === 0 ? {} : { createdBy: [...createdBy] }),
    ...(view.unsaved ? { unsaved: true } : {}),
    ...(view.overdue ? { overdue: true } : {}),
    ...(view.exposed ? { exposed: true } : {}),
    ...(text === '' ? {} : { text }),
  };
}

/** How many choices of the filter panel are made. */
export function countChoices(narrowing: Narrowing): number {
  const { statuses, kinds, permissions, roles, expires, ips, admits, createdBy, unsaved, overdue, exposed } =
    narrowing;
  const several = [statuses, kinds, permissions, roles, ips, createdBy].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  return several + [expires !== null, admits !== null, unsaved, overdue, exposed].filter(Boolean).length;
}

/** Whether something beside the service narrows the list. */
export function isNarrowed(view: ListView): boolean {
  return countChoices(view) > 0 || view.text !== '';
}
