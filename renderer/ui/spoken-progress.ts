/** What was last said of how far something is. */
export interface Spoken {
  /** In milliseconds, of any clock that only goes forward. */
  readonly at: number;
  readonly percent: number;
}

/** Less than this further, or this much sooner, is not said: whoever listens has other things to hear. */
const STEP = 10;
const PAUSE = 5000;

/** Whether it is time to say again how far something is. */
export function isWorthSaying(before: Spoken, now: Spoken): boolean {
  return now.at - before.at >= PAUSE && now.percent - before.percent >= STEP;
}
