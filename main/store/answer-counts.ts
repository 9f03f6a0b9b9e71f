import { setImmediate as nextTurn } from 'node:timers/promises';
import { KeysmithError } from '../keys/errors.ts';
import type { Ref, Seconds } from '../keys/ids.ts';
import type { FacetQuery, KeyCount, KeyFacets, KeyFilter, KeyNeeds } from '../keys/key-query.ts';
import type { SignedBy } from '../keys/ports.ts';
import { type Counting, countInColumns, facetsInColumns } from './column-counts.ts';
import { createNeedsCounter, type NeedsQuery } from './column-needs.ts';
import { TEXT_LIMITS } from './column-text.ts';
import { createStore } from './create-store.ts';
import { createKeyColumns } from './key-columns.ts';
import type { Database } from './open-database.ts';
import type { Seals } from './seals.ts';
import { translateError } from './store-errors.ts';

/** What can be counted. Of facets, only the newest that were asked for are still wanted. */
export type CountRequest = { readonly now: Seconds } & (
  | { readonly kind: 'count'; readonly filter: KeyFilter }
  | { readonly kind: 'facets'; readonly query: FacetQuery }
  | { readonly kind: 'needs'; readonly query: NeedsQuery }
  | { readonly kind: 'signed'; readonly by: readonly Ref[] }
);

interface CountResults {
  readonly count: KeyCount;
  readonly facets: KeyFacets;
  readonly needs: KeyNeeds;
  /** In the order of the signing keys. */
  readonly signed: readonly SignedBy[];
}
export type CountResult<R extends CountRequest = CountRequest> = CountResults[R['kind']];

export interface CountAnswers {
  /** Answers one after the other. @throws CANCELLED when newer facets are asked for, QUERY_INVALID, STORE_* */
  answer<R extends CountRequest>(request: R): Promise<CountResult<R>>;
  /** Settles when the columns are read for the first time. */
  readonly warm: Promise<void>;
}

/** SECURITY: whoever counts has no keys, and needs none: no row is checked here, and none is written. */
const NO_SEALS: Seals = {
  seal: () => noKeys(),
  isSeal: () => noKeys(),
  chain: () => noKeys(),
};

/** Counts over a connection of its own: in columns once they are read, and by SQL until then. */
export function createCountAnswers(db: Database, limits = TEXT_LIMITS): CountAnswers {
  const store = createStore(db, NO_SEALS);
  const statements = { prepare: store.connection.prepare };
  const columns = createKeyColumns();
  const countNeeds = createNeedsCounter();
  let isWarm = false;
  let last: Promise<unknown> = Promise.resolve();
  let newestFacets: CountRequest | undefined;
  const turn = async () => void (await nextTurn());

  const count = async (request: CountRequest): Promise<CountResult> => {
    const stillWanted = async () => {
      await nextTurn();
      if (request.kind === 'facets' && request !== newestFacets) throw superseded();
    };
    await stillWanted();
    if (!isWarm || request.kind === 'signed') return bySql(request);
    await columns.follow(statements, turn);
    const counting: Counting = { columns, statements, now: request.now, limits, turn: stillWanted };
    switch (request.kind) {
      case 'count':
        return countInColumns(counting, request.filter);
      case 'facets':
        return facetsInColumns(counting, request.query);
      case 'needs':
        return countNeeds(counting, request.query);
    }
  };
  const bySql = (request: CountRequest): CountResult => {
    const keys = (filter: KeyFilter) => store.countKeys(filter, request.now);
    switch (request.kind) {
      case 'count':
        return { keys: keys(request.filter), isMore: false };
      case 'facets':
        return store.facets(request.query, request.now);
      case 'needs': {
        const { overdue, exposed } = request.query;
        return { overdue: keys({ overdue }), exposed: keys({ exposed }) };
      }
      case 'signed':
        return request.by.map(ref => store.signedBy(ref, request.now));
    }
  };
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw translateError(db.name, error);
    }
  };

  const warm = translated(() => columns.follow(statements, turn)).then(() => {
    isWarm = true;
  });
  // Whoever asks is told the same by their own read.
  warm.catch(() => undefined);
  return {
    warm,
    answer<R extends CountRequest>(request: R) {
      if (request.kind === 'facets') newestFacets = request;
      const answered = last.then(() => translated(() => count(request)));
      last = answered.catch(() => undefined);
      return answered as Promise<CountResult<R>>;
    },
  };
}

function superseded(): KeysmithError {
  return new KeysmithError('CANCELLED', 'These numbers are no longer wanted: newer ones were asked for.');
}

function noKeys(): never {
  throw new Error('This thread has no keys: it cannot check or seal a row.');
}
