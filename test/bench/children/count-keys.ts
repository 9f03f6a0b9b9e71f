/** Asks for the numbers of the filter panel over the verbs of the window, and says how long each took. */

import { createCounts } from '../../../main/desktop/counts.ts';
import type { DesktopContext } from '../../../main/desktop/desktop-context.ts';
import { listVerbs } from '../../../main/desktop/list-verbs.ts';
import { ASKED_LISTS, type AskedList } from '../asked-lists.ts';
import { requireSameNumbers } from '../require-same-numbers.ts';
import { answer } from './answer.ts';
import { askMeanwhile } from './ask-meanwhile.ts';
import { withSession } from './open-session.ts';

export interface CountsInput {
  readonly folder: string;
  /** How often each question is asked. */
  readonly times: number;
  /** Hold the numbers against a plain scan of all keys. */
  readonly compared: boolean;
}

export interface CountsOutput {
  /** In milliseconds: each answer to a list that nothing but a service narrows, and to one with filters. */
  readonly unfiltered: readonly number[];
  readonly filtered: readonly number[];
  /** The first numbers under a filter, right after the installation was opened. */
  readonly first: number;
  /** How long each page took that was asked for while filtered numbers were counted. */
  readonly pages: readonly number[];
  /** How many lists were found to have as many keys as a plain scan finds. */
  readonly compared: number;
}

/** The program that counts, as it is shipped. */
const COUNTER = new URL('../../../dist/main/counts-worker.js', import.meta.url);

await answer(({ folder, times, compared }: CountsInput) =>
  withSession(folder, async (session): Promise<CountsOutput> => {
    const counts = createCounts(COUNTER);
    const { unfiltered: open, filtered: narrowed } = ASKED_LISTS;
    // It stands still, so that a plain scan a moment later counts the same.
    const now = session.ports.clock();
    // What the verbs of lists take of it; the rest belongs to windows.
    const context = {
      sessions: { require: () => session },
      clock: () => now,
      counts,
    } as unknown as DesktopContext;
    const verbs = listVerbs(context);
    const ask = async (asked: readonly AskedList[]) => {
      const ms: number[] = [];
      for (const criteria of asked) {
        const start = performance.now();
        await verbs['keys:facets'](criteria);
        ms.push(performance.now() - start);
      }
      return ms;
    };
    const often = async (asked: readonly AskedList[]) => {
      const all: number[] = [];
      for (let nth = 0; nth < times; nth += 1) all.push(...(await ask(asked)));
      return all;
    };
    try {
      const [first = 0] = await ask(narrowed.slice(0, 1));
      // What is kept in memory has to be there: read in the first of these, and chosen from in the second.
      await ask([...narrowed, ...open]);
      await ask([...narrowed, ...open]);
      const unfiltered = await often(open);
      const filtered = await often(narrowed);
      const { pages } = await askMeanwhile(session, often(narrowed));
      return {
        unfiltered,
        filtered,
        first,
        pages,
        compared: compared ? await requireSameNumbers(session, verbs, [...open, ...narrowed], now) : 0,
      };
    } finally {
      await counts.stop();
    }
  }),
);
