import type { IpRange } from './allowed-ips.ts';
import { given, KeysmithError } from './errors.ts';
import type { Ref, Seconds } from './ids.ts';
import type { Key, Kind, Status } from './key.ts';
import type { CatalogRow } from './service.ts';

/** Every column that a list can be sorted by. Equal keys stand in the order of their creation. */
export const SORT_FIELDS = [
  'created',
  'name',
  'expires',
  'status',
  'service',
  'kind',
  'permissions',
  'id',
  'last-four',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export interface KeySort {
  readonly field: SortField;
  readonly descending: boolean;
}

/** Where a page ended: what the next one starts after. Opaque to whoever passes it on. */
export interface KeyCursor {
  readonly value: string | number;
  readonly ref: Ref;
  /** For orders in groups: which group the page ended in. */
  readonly group: number;
}

/** The keys of a service whose secret is as old as this or older. */
export interface SecretAge {
  readonly serviceRef: Ref;
  /** Issued at or before this. */
  readonly until: Seconds;
}

/** Which keys, in the store's own terms: what `resolveCriteria` makes of what people ask. Every part must hold. */
export interface KeyFilter {
  readonly serviceRef?: Ref;
  /** One of these. */
  readonly statuses?: readonly Status[];
  readonly kinds?: readonly Kind[];
  readonly createdBy?: readonly string[];
  /** Keys that hold at least one of these catalog entries. */
  readonly grants?: readonly CatalogRow[];
  /** Keys that are not ended and expire within so many seconds from now on, or never. */
  readonly expiry?: { readonly within: Seconds } | 'never';
  /** Whether the key is bound to addresses. */
  readonly hasIps?: boolean;
  /** Keys that admit a client: bound to no address, or to one of these networks. */
  readonly admits?: readonly IpRange[];
  readonly unsaved?: boolean;
  /** Active private keys whose rotation is due. */
  readonly overdue?: readonly SecretAge[];
  /** Public keys that are not ended and hold one of these entries, which are not (or no longer) public-safe. */
  readonly exposed?: readonly CatalogRow[];
  /** Terms separated by spaces; a key is found when its text contains all of them, whatever their case. */
  readonly text?: string;
}

/** Whether a filter narrows nothing but the service, so that counters know what it leaves. */
export function isUnfiltered({ serviceRef: _, ...filter }: KeyFilter): boolean {
  return Object.values(filter).every(value => value === undefined);
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

/** The same without the keys. */
export interface RefPage {
  readonly refs: readonly Ref[];
  readonly next: KeyCursor | null;
}

/** The expiry windows that the filter panel offers, as durations. */
export const EXPIRY_WINDOWS = ['7d', '14d', '30d', '90d'] as const;
export type ExpiryWindow = (typeof EXPIRY_WINDOWS)[number];

/** A filter, with what the counts beside each choice need beyond it. */
export interface FacetQuery {
  readonly filter: KeyFilter;
  /** Entries whose holders are counted. */
  readonly grants: readonly CatalogRow[];
  readonly overdue: readonly SecretAge[];
  readonly exposed: readonly CatalogRow[];
}

/** Names of creators that the panel lists. */
export const TOP_CREATORS = 20;

/** A number of keys. Where a search finds too many to try each, it is what was counted, and there may be more. */
export interface KeyCount {
  readonly keys: number;
  /** True when there may be more. */
  readonly isMore: boolean;
}

/**
 * How many keys each choice of the filter panel would show, with all other groups of choices as they are.
 * Within one group several choices mean any of them, so a group's own choice does not narrow its counts.
 */
export interface KeyFacets {
  readonly statuses: Readonly<Record<Status, number>>;
  readonly kinds: Readonly<Record<Kind, number>>;
  /** By catalog entry ID. */
  readonly permissions: Readonly<Record<string, number>>;
  readonly roles: Readonly<Record<string, number>>;
  readonly expiry: Readonly<Record<ExpiryWindow | 'never', number>>;
  readonly ips: { readonly set: number; readonly unset: number };
  /** The most frequent ones, by number. */
  readonly createdBy: readonly { readonly name: string; readonly keys: number }[];
  readonly unsaved: number;
  readonly overdue: number;
  readonly exposed: number;
  /** True when each number is the least that there are: a search finds too many keys to try each. */
  readonly isMore: boolean;
}

/** What counters know of an unfiltered list. */
export type CountedFacets = Omit<KeyFacets, 'overdue' | 'exposed' | 'isMore'>;

/** What they do not. */
export type KeyNeeds = Pick<KeyFacets, 'overdue' | 'exposed'>;

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
