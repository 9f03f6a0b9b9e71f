/** How long something is done over and over again, in milliseconds. */
const SPAN = 500;
/** So often between two looks at the clock. */
const BATCH = 500;

/**
 * How often a second something can be done.
 *
 * @throws when it did not go well
 */
export function rateOf<T>(items: readonly T[], work: (item: T) => boolean): number {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < SPAN) {
    for (let nth = 0; nth < BATCH; nth += 1) {
      if (!work(items[done % items.length] as T)) throw new Error(`it went wrong after ${done} times`);
      done += 1;
    }
    elapsed = performance.now() - start;
  }
  return done / (elapsed / 1000);
}

/** The same for what answers later, one after the other. */
export async function rateOfLater<T>(
  items: readonly T[],
  work: (item: T) => Promise<boolean>,
): Promise<number> {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < SPAN) {
    for (let nth = 0; nth < BATCH; nth += 1) {
      if (!(await work(items[done % items.length] as T)))
        throw new Error(`it went wrong after ${done} times`);
      done += 1;
    }
    elapsed = performance.now() - start;
  }
  return done / (elapsed / 1000);
}
