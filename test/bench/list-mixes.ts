import { type KeyCriteria, resolveCriteria } from '../../main/keys/key-criteria.ts';
import { type KeyQuery, PAGE_LIMIT, parseSort } from '../../main/keys/key-query.ts';
import type { Reader } from '../../main/keys/ports.ts';

/** What a mix asks: nothing but a service, one filter, several, or words. */
export type MixKind = 'browse' | 'one filter' | 'several filters' | 'text';

/** Where in the list the page stands: its start, or a share of the list on, reached by a cursor or by its number. */
type MixPlace = 'first' | { readonly by: 'cursor' | 'offset'; readonly share: number };

/** One thing that the window can ask of a list of keys. */
export interface ListMix {
  readonly kind: MixKind;
  readonly criteria: KeyCriteria;
  /** As {@link parseSort} reads it. */
  readonly sort: string;
  readonly place: MixPlace;
}

const mix =
  (kind: MixKind) =>
  (criteria: KeyCriteria, sort: string, place: MixPlace = 'first'): ListMix => ({
    kind,
    criteria,
    sort,
    place,
  });
const browse = mix('browse');
const filtered = mix('one filter');
const narrowed = mix('several filters');
const searched = mix('text');
const at = (share: number): MixPlace => ({ by: 'offset', share });
const after = (share: number): MixPlace => ({ by: 'cursor', share });

/** What the lists of a crowd (`crowd.ts`) are asked for: every order, every group of the filter panel, rare and common. */
export const LIST_MIXES: readonly ListMix[] = [
  browse({}, 'created:desc'),
  browse({}, 'created:desc', at(0.9)),
  browse({}, 'created', after(0.5)),
  browse({}, 'name'),
  browse({}, 'name', at(0.45)),
  browse({}, 'expires'),
  browse({}, 'expires:desc', after(0.7)),
  browse({}, 'status'),
  browse({}, 'status:desc', at(0.6)),
  browse({}, 'service'),
  browse({}, 'service:desc', at(0.5)),
  browse({}, 'kind:desc'),
  browse({}, 'kind', at(0.8)),
  browse({}, 'permissions'),
  browse({}, 'permissions:desc', at(0.5)),
  browse({}, 'id'),
  browse({}, 'last-four:desc', after(0.3)),
  browse({ service: 'cloud' }, 'created:desc'),
  browse({ service: 'cloud' }, 'name', at(0.5)),
  browse({ service: 'orders-api' }, 'status'),
  browse({ service: 'team-api' }, 'created:desc'),

  filtered({ statuses: ['active'] }, 'created'),
  filtered({ statuses: ['disabled'] }, 'created:desc'),
  filtered({ statuses: ['disabled', 'revoked'] }, 'name', at(0.5)),
  filtered({ statuses: ['expired'] }, 'created:desc', after(0.5)),
  filtered({ statuses: ['active'] }, 'permissions'),
  filtered({ kinds: ['public'] }, 'service'),
  filtered({ permissions: ['area-0:read'] }, 'created:desc'),
  filtered({ permissions: ['area-9:delete'] }, 'created'),
  filtered({ roles: ['global-viewer'] }, 'name', after(0.5)),
  filtered({ expires: '7d' }, 'created:desc'),
  filtered({ expires: '90d' }, 'expires'),
  filtered({ expires: 'never' }, 'id'),
  filtered({ hasIps: true }, 'last-four'),
  filtered({ admits: '192.0.2.77' }, 'created:desc'),
  filtered({ createdBy: ['Lea'] }, 'name:desc'),
  filtered({ createdBy: ['Nobody'] }, 'created:desc'),
  filtered({ unsaved: true }, 'created:desc'),
  filtered({ overdue: true }, 'name'),
  filtered({ exposed: true }, 'created:desc'),

  narrowed({ service: 'support-api', statuses: ['active'], kinds: ['public'] }, 'name'),
  narrowed({ service: 'orders-api', permissions: ['area-9:delete'], statuses: ['revoked'] }, 'created:desc'),
  narrowed({ statuses: ['active'], expires: '30d', createdBy: ['Ann', 'Bea'] }, 'expires'),
  narrowed({ hasIps: true, admits: '10.44.7.9' }, 'created:desc'),
  narrowed({ hasIps: true, admits: '192.0.2.77', statuses: ['active'] }, 'name', at(0.5)),
  narrowed({ service: 'cloud', roles: ['global-viewer'], expires: '14d' }, 'status'),
  narrowed({ unsaved: true, kinds: ['private'], service: 'cloud' }, 'kind:desc'),
  narrowed({ service: 'support-api', overdue: true, createdBy: ['Hana'] }, 'last-four'),
  narrowed({ statuses: ['disabled'], hasIps: false, createdBy: ['Ivo'] }, 'permissions:desc', at(0.5)),
  narrowed({ statuses: ['active', 'disabled'], kinds: ['private'], hasIps: true }, 'created', at(0.4)),

  searched({ text: 'pr' }, 'created:desc'),
  searched({ text: 'q7' }, 'name'),
  searched({ text: 'pro' }, 'name', at(0.1)),
  searched({ text: 'x9k' }, 'created:desc'),
  searched({ text: 'MALMÖ nightly' }, 'created:desc'),
  searched({ text: 'berlin-77' }, 'expires'),
  searched({ text: 'invoices' }, 'id'),
  searched({ text: '-654321' }, 'status'),
  searched({ text: 'team 41', statuses: ['active'] }, 'name'),
  searched({ text: '192.0.2.77' }, 'created:desc'),
  searched({ text: '2001:db8:7' }, 'service'),
  searched({ text: 'porto', service: 'cloud', statuses: ['disabled'] }, 'created'),
  searched({ text: 'ledger', createdBy: ['Fatou'], expires: '90d' }, 'kind'),
  searched({ text: 'nothing-of-this' }, 'permissions'),
];

/**
 * The page that a mix asks for. Mixes that jump by number land on another row each time: an answer that was kept
 * would not be measured by that.
 *
 * @param nth how often the mix was asked before
 */
export function queryOfMix(
  reader: Reader,
  { criteria, sort, place }: ListMix,
  now: number,
  nth = 0,
): KeyQuery {
  const filter = resolveCriteria(reader, criteria, now);
  const query = { ...filter, sort: parseSort(sort), limit: PAGE_LIMIT.default };
  if (place === 'first') return query;
  const start = Math.floor(reader.countKeys(filter, now) * place.share);
  if (place.by === 'offset') return { ...query, offset: Math.max(0, start - nth * 7919) };
  const { next } = reader.keys({ ...query, limit: 1, offset: start }, now);
  return next ? { ...query, after: next } : query;
}
