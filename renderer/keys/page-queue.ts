/** How many pages main reads at once; the rest waits here, where it can still be dropped. */
const AT_ONCE = 2;

interface Job {
  readonly start: () => Promise<void>;
  readonly signal: AbortSignal;
}

const waiting: Job[] = [];
let running = 0;

/**
 * Reads pages newest first. A page that scrolled away before its turn is never asked for, so that after a
 * long drag of the scroll bar the page in view does not wait for all those that flew by.
 */
export function enqueue<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    waiting.push({ signal, start: () => read().then(resolve, reject) });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    next();
  });
}

function next(): void {
  while (running < AT_ONCE) {
    const job = waiting.pop();
    if (!job) return;
    if (job.signal.aborted) continue;
    running += 1;
    void job.start().finally(() => {
      running -= 1;
      next();
    });
  }
}
