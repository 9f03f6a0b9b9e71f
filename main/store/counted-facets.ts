import { addDuration, parseDuration } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { KINDS } from '../keys/key.ts';
import {
  type CountedFacets,
  EXPIRY_WINDOWS,
  type FacetQuery,
  isUnfiltered,
  type KeyFilter,
  TOP_CREATORS,
} from '../keys/key-query.ts';
import type { Connection } from './connection.ts';
import { readCounter, readCounters, readExpiring } from './counters.ts';

type Statements = Pick<Connection, 'prepare'>;

/** How many keys an unfiltered list has; undefined when the filter narrows it. Reads no key. */
export function countedKeys(statements: Statements, filter: KeyFilter): number | undefined {
  if (!isUnfiltered(filter)) return undefined;
  const kinds = readCounters(statements, filter.serviceRef, 'kind');
  return [...kinds.values()].reduce((sum, keys) => sum + keys, 0);
}

/** What counters know beside each choice of an unfiltered list; undefined when a filter narrows it. */
export function countedFacets(
  statements: Statements,
  { filter, grants }: Pick<FacetQuery, 'filter' | 'grants'>,
  now: Seconds,
): CountedFacets | undefined {
  if (!isUnfiltered(filter)) return undefined;
  const { serviceRef } = filter;
  const kinds = readCounters(statements, serviceRef, 'kind');
  const ips = readCounters(statements, serviceRef, 'has_ip');
  const holders =
    grants.length > 0 ? readCounters(statements, serviceRef, 'grant') : new Map<string, number>();
  const holdersOf = (wanted: 'permission' | 'role') =>
    Object.fromEntries(
      grants.flatMap(({ ref, type, id }) => (type === wanted ? [[id, holders.get(String(ref)) ?? 0]] : [])),
    );
  return {
    statuses: countStatuses(statements, serviceRef, now),
    kinds: Object.fromEntries(KINDS.map(kind => [kind, kinds.get(kind) ?? 0])) as CountedFacets['kinds'],
    permissions: holdersOf('permission'),
    roles: holdersOf('role'),
    expiry: countExpiry(statements, serviceRef, now),
    ips: { set: ips.get('1') ?? 0, unset: ips.get('0') ?? 0 },
    createdBy: topCreators(readCounters(statements, serviceRef, 'created_by')),
    unsaved: readCounter(statements, serviceRef, 'unsaved', '1'),
  };
}

/** How many active keys expire within so many seconds from now on. */
export function countExpiring(statements: Statements, within: Seconds, now: Seconds): number {
  return readExpiring(statements, undefined, now + within, now).active;
}

/** The creators that the panel lists: the most frequent ones, equal ones by name. */
export function topCreators(keys: ReadonlyMap<string, number>): CountedFacets['createdBy'] {
  return [...keys]
    .map(([name, count]) => ({ name, keys: count }))
    .filter(creator => creator.keys > 0)
    .sort((a, b) => b.keys - a.keys || (a.name < b.name ? -1 : 1))
    .slice(0, TOP_CREATORS);
}

/** `expired` is a matter of the clock: what is stored as active or disabled, less what has expired of it. */
function countStatuses(
  statements: Statements,
  serviceRef: KeyFilter['serviceRef'],
  now: Seconds,
): CountedFacets['statuses'] {
  const stored = readCounters(statements, serviceRef, 'status');
  const expired = readExpiring(statements, serviceRef, now);
  return {
    active: (stored.get('active') ?? 0) - expired.active,
    disabled: (stored.get('disabled') ?? 0) - expired.disabled,
    expired: expired.active + expired.disabled,
    revoked: stored.get('revoked') ?? 0,
  };
}

function countExpiry(
  statements: Statements,
  serviceRef: KeyFilter['serviceRef'],
  now: Seconds,
): CountedFacets['expiry'] {
  const never = (status: string) => readCounter(statements, serviceRef, 'expires', `${status} never`);
  const windows = EXPIRY_WINDOWS.map(window => {
    const { active, disabled } = readExpiring(statements, serviceRef, windowEnd(window, now), now);
    return [window, active + disabled];
  });
  return {
    ...(Object.fromEntries(windows) as Omit<CountedFacets['expiry'], 'never'>),
    never: never('active') + never('disabled'),
  };
}

function windowEnd(window: string, now: Seconds): Seconds {
  const duration = parseDuration(window);
  return duration ? addDuration(now, duration) : now;
}
