import { addDuration, parseDuration } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { KINDS, STATUSES } from '../keys/key.ts';
import {
  EXPIRY_WINDOWS,
  type FacetQuery,
  type KeyCount,
  type KeyFacets,
  type KeyFilter,
} from '../keys/key-query.ts';
import {
  compileFilter,
  exposedTest,
  FAILS,
  holderRows,
  isBeyond,
  overdueTest,
  type RowFails,
  statusOf,
} from './column-tests.ts';
import { findText, type TextLimits, type TextRows } from './column-text.ts';
import type { Connection } from './connection.ts';
import { topCreators } from './counted-facets.ts';
import { FLAG, type KeyColumns, STORED, WORD_BITS, WORDS } from './key-columns.ts';
import { NEVER } from './key-rows.ts';

/** Rows between two looks whether the answer is still wanted. */
const CHUNK = 100_000;

/** What counting in columns needs beside them. */
export interface Counting {
  readonly columns: KeyColumns;
  readonly statements: Pick<Connection, 'prepare'>;
  readonly now: Seconds;
  readonly limits: TextLimits;
  /** Awaited between chunks; throws when the answer is no longer wanted. */
  readonly turn: () => Promise<void>;
}

/** How many keys a filter leaves. */
export async function countInColumns(counting: Counting, filter: KeyFilter): Promise<KeyCount> {
  const fails = compileFilter(counting.columns, counting.statements, filter, counting.now);
  let keys = 0;
  const { isMore } = await visit(counting, filter, fails, 0, () => {
    keys += 1;
  });
  return { keys, isMore };
}

/** What the filter panel shows, in one scan. */
export async function facetsInColumns(counting: Counting, query: FacetQuery): Promise<KeyFacets> {
  const { columns, statements, now } = counting;
  const { data } = columns;
  const { flags, creator, expires, words } = data;
  const status = statusOf(columns, now);
  const isOverdue = overdueTest(columns, query.overdue, now);
  const isExposed = exposedTest(columns, statements, query.exposed, now);
  const ends = EXPIRY_WINDOWS.map(window => {
    const duration = parseDuration(window);
    return duration ? addDuration(now, duration) : now;
  });

  const statuses = new Uint32Array(STATUSES.length);
  const windows = new Uint32Array(ends.length);
  const creators = new Uint32Array(columns.creators.size);
  const bits = new Uint32Array(WORDS * WORD_BITS);
  const sums = { public: 0, private: 0, never: 0, set: 0, unset: 0, unsaved: 0, overdue: 0, exposed: 0 };
  const countsGrants = query.grants.length > 0;
  const beyond = query.grants.filter(isBeyond);
  /** What the rows that count for grants fail; only where entries lie beyond the masks. */
  const forGrants = beyond.length > 0 ? new Uint8Array(data.length) : undefined;

  const fails = compileFilter(columns, statements, query.filter, now);
  const { isMore } = await visit(counting, query.filter, fails, 1, (at, fail) => {
    const flag = flags[at] as number;
    const stored = flag & STORED.mask;
    const counts = (group: number) => fail === 0 || fail === group;
    if (counts(FAILS.statuses)) {
      const place = status(at);
      statuses[place] = (statuses[place] as number) + 1;
    }
    if (counts(FAILS.kinds)) sums[flag & FLAG.public ? 'public' : 'private'] += 1;
    if (countsGrants && counts(FAILS.grants)) {
      if (forGrants) forGrants[at] = 1;
      for (let nth = 0; nth < WORDS; nth++) {
        for (let word = (words[nth] as Int32Array)[at] as number; word !== 0; word &= word - 1) {
          const bit = nth * WORD_BITS + 31 - Math.clz32(word & -word);
          bits[bit] = (bits[bit] as number) + 1;
        }
      }
    }
    if (stored !== STORED.revoked && counts(FAILS.expiry)) {
      const end = expires[at] as number;
      if (end === NEVER) sums.never += 1;
      else if (end > now)
        for (let nth = 0; nth < ends.length; nth++)
          if (end <= (ends[nth] as number)) windows[nth] = (windows[nth] as number) + 1;
    }
    if (counts(FAILS.ips)) sums[flag & FLAG.hasIp ? 'set' : 'unset'] += 1;
    if (counts(FAILS.createdBy)) {
      const place = creator[at] as number;
      creators[place] = (creators[place] as number) + 1;
    }
    if ((flag & FLAG.unsaved) !== 0 && counts(FAILS.unsaved)) sums.unsaved += 1;
    if (counts(FAILS.overdue) && isOverdue(at)) sums.overdue += 1;
    if (counts(FAILS.exposed) && isExposed(at)) sums.exposed += 1;
  });

  const held = new Map(
    beyond.map(entry => [
      entry.ref as number,
      holderRows(columns, statements, entry).reduce((sum, at) => sum + (forGrants?.[at] ?? 0), 0),
    ]),
  );
  const holdersOf = (wanted: 'permission' | 'role') =>
    Object.fromEntries(
      query.grants
        .filter(({ type }) => type === wanted)
        .map(entry => [entry.id, held.get(entry.ref) ?? (bits[entry.bit ?? 0] as number)]),
    );
  return {
    statuses: record(STATUSES, statuses),
    kinds: record(
      KINDS,
      KINDS.map(kind => sums[kind]),
    ),
    permissions: holdersOf('permission'),
    roles: holdersOf('role'),
    expiry: { ...record(EXPIRY_WINDOWS, windows), never: sums.never },
    ips: { set: sums.set, unset: sums.unset },
    createdBy: topCreators(
      new Map([...columns.creators].map(([name, place]) => [name, creators[place] as number])),
    ),
    unsaved: sums.unsaved,
    overdue: sums.overdue,
    exposed: sums.exposed,
    isMore,
  };
}

/** Visits the rows that a filter leaves, with what they fail: at most so many groups of choices, and nothing else. */
async function visit(
  { columns, statements, turn, limits }: Counting,
  { text }: KeyFilter,
  fails: RowFails,
  most: 0 | 1,
  onRow: (at: number, fail: number) => void,
): Promise<Pick<TextRows, 'isMore'>> {
  const counts = (fail: number) =>
    fail === 0 || (most === 1 && (fail & FAILS.base) === 0 && (fail & (fail - 1)) === 0);
  const found = await findText(columns, statements, text, at => counts(fails(at)), turn, limits);
  if (found) {
    for (const at of found.rows) onRow(at, fails(at));
    return found;
  }
  const { length } = columns.data;
  for (let start = 0; start < length; start += CHUNK) {
    const end = Math.min(length, start + CHUNK);
    for (let at = start; at < end; at++) {
      const fail = fails(at);
      if (counts(fail)) onRow(at, fail);
    }
    await turn();
  }
  return { isMore: false };
}

function record<Name extends string>(
  names: readonly Name[],
  numbers: ArrayLike<number>,
): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, nth) => [name, numbers[nth]])) as Record<Name, number>;
}
