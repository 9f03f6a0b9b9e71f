/** Asks for every mix of `list-mixes.ts`, round by round, and says how long each page took. */
import type { KeyQuery } from '../../../main/keys/key-query.ts';
import type { OpenStore } from '../../../main/store/create-store.ts';
import { LIST_MIXES, type MixKind, queryOfMix } from '../list-mixes.ts';
import { requireSamePages } from '../require-same-pages.ts';
import { answer } from './answer.ts';
import { withSession } from './open-session.ts';

export interface PagesInput {
  readonly folder: string;
  /** How often each mix is asked. */
  readonly times: number;
  /** Hold the pages against a plain scan of all keys. */
  readonly compared: boolean;
}

/** How long the pages of a mix took, in milliseconds. */
export interface MeasuredMix {
  readonly kind: MixKind;
  readonly name: string;
  /** Asked after a change, so that nothing is remembered of any list. */
  readonly first: readonly number[];
  /** Asked between two changes, with whatever the store remembers then. */
  readonly again: readonly number[];
}

export interface PagesOutput {
  readonly mixes: readonly MeasuredMix[];
  /** How many pages were found to be as a plain scan has them. */
  readonly compared: number;
}

await answer(({ folder, times, compared }: PagesInput) =>
  withSession(folder, async ({ store, ports }): Promise<PagesOutput> => {
    const now = ports.clock();
    const page = (query: KeyQuery) => store.snapshot(reader => reader.keys(query, now));
    // What a mix asks is made before the clock runs: where its page starts is a question of its own.
    const rounds = Array.from({ length: times }, (_, nth) =>
      LIST_MIXES.map(mix => queryOfMix(store, mix, now, nth)),
    );
    const [begin = []] = rounds;
    const ask = (before: () => void) => {
      // One of each that does not count: the file has to be in memory, and the program warm.
      for (const query of begin) page(query);
      return LIST_MIXES.map((_, mix) =>
        rounds.map(queries => {
          before();
          const start = performance.now();
          page(queries[mix] as KeyQuery);
          return performance.now() - start;
        }),
      );
    };
    const first = ask(forgetLists(store));
    const again = ask(() => undefined);
    return {
      mixes: LIST_MIXES.map(({ kind, criteria, sort, place }, nth) => ({
        kind,
        name: `${JSON.stringify(criteria)} by ${sort}${place === 'first' ? '' : ` from ${place.share} on by ${place.by}`}`,
        first: first[nth] ?? [],
        again: again[nth] ?? [],
      })),
      compared: compared ? requireSamePages(store, now) : 0,
    };
  }),
);

/** What makes the store forget what it remembers of lists: a change, to a table of this connection alone. */
function forgetLists({ connection: { db } }: OpenStore): () => void {
  db.exec('CREATE TEMP TABLE forgotten (at INTEGER)');
  const change = db.prepare('INSERT INTO forgotten VALUES (1)');
  return () => void change.run();
}
