import type { Request, SortField, Status } from '../../preload/contract.ts';

/** What the table shows: which keys, in which order. */
export interface ListView {
  /** Slug; null for the keys of all services. */
  readonly service: string | null;
  readonly statuses: readonly Status[];
  readonly unsaved: boolean;
  readonly text: string;
  readonly sort: ListSort;
}

export interface ListSort {
  readonly field: SortField;
  readonly descending: boolean;
}

export const FIRST_SORT: ListSort = { field: 'created', descending: true };

/** The part of a view that decides which keys are in it. */
export function toKeyFilter({ service, statuses, unsaved, text }: ListView): Request<'keys:count'> {
  return {
    ...(service === null ? {} : { service }),
    ...(statuses.length === 0 ? {} : { statuses: [...statuses] }),
    ...(unsaved ? { unsaved } : {}),
    ...(text === '' ? {} : { text }),
  };
}

/** Whether something beside the service narrows the list. */
export function isNarrowed({ statuses, unsaved, text }: ListView): boolean {
  return statuses.length > 0 || unsaved || text !== '';
}
