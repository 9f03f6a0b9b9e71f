import type { Progress } from './jobs.ts';

/** How fast long work goes. */
export interface Pace {
  /** Things done a second; null until enough was seen to say so. */
  readonly perSecond: number | null;
  /** Seconds that are left at that rate; null while it is not known. */
  readonly secondsLeft: number | null;
}

/** What is looked back on: a pause of the disk must not make the time left jump. */
const WINDOW = 10_000;
const ENOUGH = 500;

/**
 * Tells the pace of work from its reports of progress; a new phase starts anew.
 *
 * @param clock milliseconds, of a clock that never goes back
 */
export function createPace(clock: () => number = () => performance.now()): (progress: Progress) => Pace {
  let phase: Progress['phase'];
  let seen: { readonly at: number; readonly done: number }[] = [];
  return progress => {
    const at = clock();
    if (progress.phase !== phase) seen = [];
    phase = progress.phase;
    seen.push({ at, done: progress.done });
    while (seen.length > 2 && at - (seen[1]?.at ?? at) > WINDOW) seen.shift();
    const first = seen[0];
    if (!first || at - first.at < ENOUGH || progress.done <= first.done)
      return { perSecond: null, secondsLeft: null };
    const perSecond = ((progress.done - first.done) * 1000) / (at - first.at);
    return { perSecond, secondsLeft: Math.max(0, progress.total - progress.done) / perSecond };
  };
}
