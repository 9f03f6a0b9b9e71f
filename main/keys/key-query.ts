import { given, KeysmithError } from './errors.ts';
import type { Ref } from './ids.ts';
import type { Key, Status } from './key.ts';

export const SORT_FIELDS = ['created', 'name', 'expires'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export interface KeySort {
  readonly field: SortField;
  readonly descending: boolean;
}

/** Where a page ended: what the next one starts after. Opaque to whoever passes it on. */
export interface KeyCursor {
  readonly value: string | number;
  readonly ref: Ref;
}

/** Which keys. Every filter that is set must hold. */
export interface KeyFilter {
  readonly serviceRef?: Ref;
  readonly statuses?: readonly Status[];
  readonly unsaved?: boolean;
  /** Terms separated by spaces; a key is found when its text contains all of them, whatever their case. */
  readonly text?: string;
}

/** A page of keys in an order: after a cursor, or from a place in the list. */
export interface KeyQuery extends KeyFilter {
  readonly sort: KeySort;
  readonly limit: number;
  readonly after?: KeyCursor;
  /** How many keys to pass over, for whoever jumps to a place instead of walking there. */
  readonly offset?: number;
}

export interface KeyPage {
  readonly keys: readonly Key[];
  /** Where to go on; null when this was the last page. */
  readonly next: KeyCursor | null;
}

export const PAGE_LIMIT = { default: 100, max: 10_000 } as const;
export const DEFAULT_SORT: KeySort = { field: 'created', descending: true };

/** Reads `FIELD` or `FIELD:desc` or `FIELD:asc`. @throws QUERY_INVALID */
export function parseSort(text: string): KeySort {
  const [name, direction = 'asc', ...rest] = text.split(':');
  const field = SORT_FIELDS.find(candidate => candidate === name);
  if (field && rest.length === 0 && (direction === 'asc' || direction === 'desc')) {
    return { field, descending: direction === 'desc' };
  }
  throw new KeysmithError(
    'QUERY_INVALID',
    `The sort order ${given(text)} does not exist. Allowed are ${SORT_FIELDS.join(', ')}, each alone or followed by :asc or :desc.`,
    { field: 'sort' },
  );
}
