import type { Seconds } from '../keys/ids.ts';
import type { FacetQuery, KeyNeeds } from '../keys/key-query.ts';
import type { CatalogRow } from '../keys/service.ts';
import type { Counting } from './column-counts.ts';
import { holdsTest } from './column-tests.ts';
import { type ColumnData, FLAG, STORED } from './key-columns.ts';

/** What may need an admin, whatever the time is: only the time decides then. */
interface Candidates {
  /** Of which state of the columns. */
  readonly version: number;
  /** Active private keys by the place of their service. */
  readonly rotating: ReadonlyMap<number, Times>;
  /** When public keys expire that are not revoked and hold one of some entries, by what these are. */
  readonly exposed: Map<string, readonly Seconds[]>;
}

interface Times {
  readonly secret: number[];
  readonly expires: number[];
}

export type NeedsQuery = Pick<FacetQuery, 'overdue' | 'exposed'>;

/**
 * Counts the two numbers of an unfiltered list that no counter knows. The first look at a list waits for them, so what
 * they are chosen from is kept from one change of the keys to the next.
 */
export function createNeedsCounter(): (counting: Counting, query: NeedsQuery) => KeyNeeds {
  let kept: Candidates | undefined;
  return (counting, { overdue, exposed }) => {
    const { columns, now } = counting;
    if (kept?.version !== columns.version)
      kept = { version: columns.version, rotating: rotatingKeys(columns.data), exposed: new Map() };
    let due = 0;
    for (const { serviceRef, until } of overdue) {
      const times = kept.rotating.get(columns.services.get(serviceRef) ?? -1);
      if (!times) continue;
      const { secret, expires } = times;
      for (let nth = 0; nth < secret.length; nth++)
        if ((secret[nth] as number) <= until && (expires[nth] as number) > now) due += 1;
    }
    const entries = exposed.map(({ ref }) => ref).join(' ');
    const ends = kept.exposed.get(entries) ?? exposedKeys(counting, exposed);
    kept.exposed.set(entries, ends);
    return { overdue: due, exposed: ends.filter(end => end > now).length };
  };
}

function rotatingKeys({ length, flags, service, secret, expires }: ColumnData): Candidates['rotating'] {
  const rotating = new Map<number, Times>();
  for (let at = 0; at < length; at++) {
    const flag = (flags[at] as number) & (FLAG.listed | FLAG.public | STORED.mask);
    if (flag !== (FLAG.listed | STORED.active)) continue;
    const place = service[at] as number;
    const times = rotating.get(place) ?? { secret: [], expires: [] };
    rotating.set(place, times);
    times.secret.push(secret[at] as number);
    times.expires.push(expires[at] as number);
  }
  return rotating;
}

function exposedKeys({ columns, statements }: Counting, entries: readonly CatalogRow[]): readonly Seconds[] {
  const { length, flags, expires } = columns.data;
  const holds = holdsTest(columns, statements, entries);
  const listed = FLAG.listed | FLAG.public;
  const exposed: Seconds[] = [];
  for (let at = 0; at < length; at++) {
    const flag = flags[at] as number;
    if ((flag & listed) === listed && (flag & STORED.mask) !== STORED.revoked && holds(at))
      exposed.push(expires[at] as number);
  }
  return exposed;
}
