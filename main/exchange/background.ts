import { Worker } from 'node:worker_threads';
import { type Failure, KeysmithError } from '../keys/errors.ts';
import type { ReadAccess } from '../trust/session.ts';
import type { Job, JobResult, Progress, Watch } from './jobs.ts';

/** What a worker tells. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Megabytes for what lives briefly. A job makes rows and drops them a page at a time: left to itself, V8 keeps several
 * times as much for that, and cleans up no less often than it has to.
 */
const YOUNG_MB = 12;

/** What a worker is started with. */
export interface WorkerTask {
  readonly access: ReadAccess;
  readonly job: Job;
}

/**
 * Runs a job in a thread of its own, on its own connection to the database: whoever waits stays responsive.
 *
 * @throws CANCELLED when the signal came, and whatever the job throws
 */
export type RunJob = <J extends Job>(job: J, watch?: Watch) => Promise<JobResult<J>>;

export function createBackground(program: URL, access: ReadAccess): RunJob {
  return <J extends Job>(job: J, { onProgress, signal }: Watch = {}) =>
    new Promise<JobResult<J>>((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      const worker = new Worker(program, {
        workerData: { access, job } satisfies WorkerTask,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      });
      let settle = () => reject(new Error(`the job ${job.kind} ended without an answer`));
      const cancel = () => {
        settle = () => reject(cancelled());
        void worker.terminate();
      };
      // Once it is cancelled, nothing that the thread still says counts.
      const end = (outcome: () => void) => {
        if (!signal?.aborted) settle = outcome;
      };
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'progress':
            onProgress?.(message.progress);
            break;
          case 'done':
            end(() => resolve(message.result as JobResult<J>));
            break;
          case 'failed':
            end(() => reject(toError(message.failure)));
        }
      });
      worker.on('error', error => end(() => reject(error)));
      // Only when the thread is gone: until then it may still have the files open that are cleared away.
      worker.on('exit', () => {
        signal?.removeEventListener('abort', cancel);
        settle();
      });
    });
}

export function cancelled(): KeysmithError {
  return new KeysmithError('CANCELLED', 'It was cancelled. Nothing was changed.');
}

function toError({ code, message, field, refusals }: Failure): KeysmithError {
  return new KeysmithError(code, message, {
    ...(field !== undefined && { field }),
    ...(refusals !== undefined && { refusals }),
  });
}
