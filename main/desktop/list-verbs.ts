import { MAX_BULK } from '../keys/bulk-actions.ts';
import { KeysmithError } from '../keys/errors.ts';
import { resolveCriteria, resolveFacets } from '../keys/key-criteria.ts';
import type { FacetQuery, KeyNeeds } from '../keys/key-query.ts';
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
  /** Nothing is overdue where nothing rotates, and nothing exposed where no key is public: no need to look. */
  const needsOf = async (
    query: FacetQuery,
    { public: publicKeys }: { readonly public: number },
    now: number,
  ): Promise<KeyNeeds> =>
    query.overdue.length === 0 && publicKeys === 0
      ? { overdue: 0, exposed: 0 }
      : ask({ kind: 'needs', query: { overdue: query.overdue, exposed: query.exposed }, now });
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
      const { query, counted, now } = read((reader, now) => {
        const query = resolveFacets(reader, criteria, now);
        return { query, counted: reader.countedFacets(query, now), now };
      });
      return counted
        ? { ...counted, ...(await needsOf(query, counted.kinds, now)), isMore: false }
        : ask({ kind: 'facets', query, now });
    },
    'keys:attention': async () => {
      const { query, counted, expiring, now } = read((reader, now) => {
        const query = resolveFacets(reader, {}, now);
        const expiring = countExpiring(reader, settings.preferences().expiryWarning, now);
        return { query, counted: reader.countedFacets({ filter: {}, grants: [] }, now), expiring, now };
      });
      if (!counted) throw new Error('an unfiltered list is counted');
      return { unsaved: counted.unsaved, expiring, ...(await needsOf(query, counted.kinds, now)) };
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
