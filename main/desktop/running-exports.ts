import type { Progress, Watch } from '../exchange/jobs.ts';
import { KeysmithError } from '../keys/errors.ts';

/** How often the window hears of progress, in milliseconds. */
const INTERVAL = 100;

/** Exports that run now, by the name that the page gave them. */
export interface RunningExports {
  run<T>(id: string, work: (watch: Watch) => Promise<T>): Promise<T>;
  cancel(id: string): void;
  any(): boolean;
  /** Ends all of them, and waits until they have cleared away what they had begun. */
  stop(): Promise<void>;
}

export function createRunningExports(
  tell: (progress: Progress & { readonly id: string }) => void,
): RunningExports {
  const running = new Map<string, { readonly controller: AbortController; readonly end: Promise<unknown> }>();
  return {
    async run(id, work) {
      if (running.has(id))
        throw new KeysmithError('REQUEST_INVALID', 'An export of this name is running already.');
      const controller = new AbortController();
      let told = 0;
      let phase: Progress['phase'];
      const end = work({
        signal: controller.signal,
        onProgress: progress => {
          const now = performance.now();
          // What begins is told at once: it may be over before the next time.
          if (now - told < INTERVAL && progress.phase === phase) return;
          told = now;
          phase = progress.phase;
          tell({ id, ...progress });
        },
      });
      running.set(id, { controller, end });
      try {
        return await end;
      } finally {
        running.delete(id);
      }
    },
    any: () => running.size > 0,
    cancel: id => running.get(id)?.controller.abort(),
    async stop() {
      for (const { controller } of running.values()) controller.abort();
      await Promise.allSettled([...running.values()].map(({ end }) => end));
    },
  };
}
