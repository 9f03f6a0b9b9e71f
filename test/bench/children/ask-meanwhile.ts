import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { DEFAULT_SORT } from '../../../main/keys/key-query.ts';
import type { Session } from '../../../main/trust/session.ts';

/** Milliseconds between two pages: somebody who scrolls asks for about as many. */
const PAUSE = 50;
const RESOLUTION = 5;

/** Asks for the first page of keys until some work in the background has ended, as a window does. */
export async function askMeanwhile(
  { store, ports }: Session,
  work: Promise<unknown>,
): Promise<{ pages: number[]; longestTurn: number }> {
  let isDone = false;
  const ended = work.finally(() => {
    isDone = true;
  });
  const turns = monitorEventLoopDelay({ resolution: RESOLUTION });
  const pages: number[] = [];
  turns.enable();
  // At least one, however quick the work is.
  do {
    const start = performance.now();
    store.snapshot(reader => reader.keys({ sort: DEFAULT_SORT, limit: 100 }, ports.clock()));
    pages.push(performance.now() - start);
    await after(PAUSE);
  } while (!isDone);
  turns.disable();
  await ended;
  return { pages, longestTurn: turns.max / 1e6 };
}
