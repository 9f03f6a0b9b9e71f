import { MAX_BULK } from '../keys/bulk-actions.ts';
import { KeysmithError } from '../keys/errors.ts';
import { resolveCriteria, resolveFacets } from '../keys/key-criteria.ts';
import { type FacetQuery, isUnfiltered, type KeyNeeds } from '../keys/key-query.ts';
import type { Reader } from '../keys/ports.ts';
import type { CountRequest, CountResult } from '../store/answer-counts.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { countExpiring } from './expiring-keys.ts';
import { keyViewer } from './key-view.ts';

/** The channels that ask about many keys; what is done with keys has its own file. */
export type ListChannel = `keys:${'page' | 'count' | 'facets' | 'attention' | 'ids'}`;

/**
 * Which keys there are, and how many. Of an unfiltered list the counters know most; whatever else is counted, another
 * thread counts, so that no page waits for a number.
 */
export function listVerbs({
  sessions,
  settings,
  clock,
  counts,
}: DesktopContext): Pick<Handlers, ListChannel> {
  const read = <T>(work: (reader: Reader, now: number) => T): T => {
    const now = clock();
    return sessions.require().store.snapshot(reader => work(reader, now));
  };
  const ask = <R extends CountRequest>(request: R): Promise<CountResult<R>> =>
    counts.ask(sessions.require(), request);
  const askNeeds = ({ overdue, exposed }: FacetQuery, now: number): Promise<KeyNeeds> => {
    const asked = ask({ kind: 'needs', query: { overdue, exposed }, now });
    // Whoever waits for it is told; nobody does where the counters cannot be read.
    asked.catch(() => undefined);
    return asked;
  };
  /**
   * What counters know of an unfiltered list, and what keys of it need. Nothing is overdue where nothing rotates, and
   * nothing exposed where no key is public: no need to look.
   */
  const countUnfiltered = (reader: Reader, query: FacetQuery, now: number) => {
    // The other thread counts while counters are read in this one.
    const asked = isUnfiltered(query.filter) && query.overdue.length > 0 ? askNeeds(query, now) : undefined;
    const counted = reader.countedFacets(query, now);
    if (!counted) return undefined;
    const needs = asked ?? (counted.kinds.public > 0 ? askNeeds(query, now) : { overdue: 0, exposed: 0 });
    return { counted, needs };
  };
  return {
    'keys:page': ({ sort, offset, limit, ...criteria }) =>
      read((reader, now) => {
        const filter = resolveCriteria(reader, criteria, now);
        const { keys } = reader.keys({ ...filter, sort, offset, limit }, now);
        return { keys: keys.map(keyViewer(reader, now)) };
      }),
    'keys:count': async criteria => {
      const { filter, counted, now } = read((reader, now) => {
        const filter = resolveCriteria(reader, criteria, now);
        return { filter, counted: reader.countedKeys(filter), now };
      });
      return counted === undefined ? ask({ kind: 'count', filter, now }) : { keys: counted, isMore: false };
    },
    'keys:facets': async criteria => {
      const { query, known, now } = read((reader, now) => {
        const query = resolveFacets(reader, criteria, now);
        return { query, known: countUnfiltered(reader, query, now), now };
      });
      return known
        ? { ...known.counted, ...(await known.needs), isMore: false }
        : ask({ kind: 'facets', query, now });
    },
    'keys:attention': async () => {
      const { known, expiring } = read((reader, now) => ({
        known: countUnfiltered(reader, { ...resolveFacets(reader, {}, now), grants: [] }, now),
        expiring: countExpiring(reader, settings.preferences().expiryWarning, now),
      }));
      if (!known) throw new Error('a list without a filter is unfiltered');
      return { unsaved: known.counted.unsaved, expiring, ...(await known.needs) };
    },
    'keys:ids': criteria =>
      read((reader, now) => {
        const filter = resolveCriteria(reader, criteria, now);
        const ids = reader.keyIds(filter, now, MAX_BULK + 1);
        if (ids.length <= MAX_BULK) return ids;
        throw new KeysmithError(
          'QUERY_INVALID',
          `More than ${MAX_BULK} keys match. Allowed are up to ${MAX_BULK} at a time; narrow the list first.`,
          { field: 'keys' },
        );
      }),
  };
}
