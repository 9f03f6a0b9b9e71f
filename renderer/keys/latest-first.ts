interface Job {
  readonly start: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Asks main, when its turn has come. */
export type Enqueue = <T>(signal: AbortSignal, ask: () => Promise<T>) => Promise<T>;

/**
 * Asks main one question at a time, the newest first. What main was asked cannot be taken back, so questions wait
 * here, where they can: one that is no longer wanted when its turn comes is never asked. After a long drag of the
 * scroll bar or quick typing, what is wanted then waits for one question at most.
 */
export function latestFirst(): Enqueue {
  const waiting: Job[] = [];
  let running = false;

  function next(): void {
    if (running) return;
    for (let job = waiting.pop(); job; job = waiting.pop()) {
      if (job.signal.aborted) continue;
      running = true;
      void job.start().finally(() => {
        running = false;
        next();
      });
      return;
    }
  }

  return (signal, ask) =>
    new Promise((resolve, reject) => {
      // One that is not wanted any more must not stand in the way of the memory of those that are.
      const drop = () => {
        const at = waiting.indexOf(job);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal.reason);
      };
      const job: Job = {
        signal,
        start: () => {
          signal.removeEventListener('abort', drop);
          return ask().then(resolve, reject);
        },
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', drop, { once: true });
      waiting.push(job);
      next();
    });
}
