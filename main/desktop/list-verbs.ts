import { MAX_BULK } from '../keys/bulk-actions.ts';
import { KeysmithError } from '../keys/errors.ts';
import { resolveCriteria, resolveFacets } from '../keys/key-criteria.ts';
import type { Reader } from '../keys/ports.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { keyViewer } from './key-view.ts';

/** The channels that ask about many keys; what is done with keys has its own file. */
export type ListChannel = `keys:${'page' | 'count' | 'facets' | 'attention' | 'ids'}`;

/** How soon a key must expire to be pointed out. */
const EXPIRING = '14d';

/** Which keys there are, and how many. */
export function listVerbs({ sessions, clock }: DesktopContext): Pick<Handlers, ListChannel> {
  const read = <T>(work: (reader: Reader, now: number) => T): T => {
    const now = clock();
    return sessions.require().store.snapshot(reader => work(reader, now));
  };
  return {
    'keys:page': ({ sort, offset, limit, ...criteria }) =>
      read((reader, now) => {
        const filter = resolveCriteria(reader, criteria, now);
        const { keys } = reader.keys({ ...filter, sort, offset, limit }, now);
        return { keys: keys.map(keyViewer(reader, now)) };
      }),
    'keys:count': criteria =>
      read((reader, now) => reader.countKeys(resolveCriteria(reader, criteria, now), now)),
    'keys:facets': criteria =>
      read((reader, now) => reader.facets(resolveFacets(reader, criteria, now), now)),
    'keys:attention': () =>
      read((reader, now) => {
        const count = (criteria: Parameters<typeof resolveCriteria>[1]) =>
          reader.countKeys(resolveCriteria(reader, criteria, now), now);
        return {
          unsaved: count({ unsaved: true, statuses: ['active', 'disabled', 'expired'] }),
          expiring: count({ expires: EXPIRING, statuses: ['active'] }),
          overdue: count({ overdue: true }),
          exposed: count({ exposed: true }),
        };
      }),
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
