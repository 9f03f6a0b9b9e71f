import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type Failure, KeysmithError } from '../keys/errors.ts';
import type { ReadAccess } from '../trust/session.ts';
import { handedOver } from '../trust/write-access.ts';
import type { FileJob, FileJobProgress, FileJobResult } from './file-jobs.ts';
import type { Job, JobResult, Progress, Watch } from './jobs.ts';

/** What a worker tells. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * A job that reads makes rows and drops them a page at a time: left to itself, V8 takes several times as much memory
 * for what lives briefly before it cleans up. An inventory keeps nothing but a page of keys; other jobs may keep
 * something of every key, and are given what they need.
 */
function limitsOf({ kind }: Work['job']): ResourceLimits {
  switch (kind) {
    case 'import':
    case 'import-end':
      return {};
    case 'inventory':
      return { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };
    default:
      return { maxYoungGenerationSizeMb: 12 };
  }
}

/** What a worker is to do, and by what it opens the database. */
type Work =
  | { readonly access: ReadAccess; readonly job: Job }
  | { readonly access: null; readonly job: FileJob };

/** What a worker is started with. */
export type WorkerTask = Work & {
  /** Becomes 1 when a job is to end by itself, as soon as nothing is left half done. */
  readonly stop: Int32Array<SharedArrayBuffer>;
};

/**
 * Runs a job in a thread of its own, on its own connection to the database: whoever waits stays responsive.
 *
 * @throws CANCELLED when the signal came, and whatever the job throws
 */
export type RunJob = <J extends Job>(job: J, watch?: Watch) => Promise<JobResult<J>>;

export function createBackground(program: URL, access: ReadAccess): RunJob {
  return <J extends Job>(job: J, watch: Watch = {}) =>
    inThread<JobResult<J>, Progress>(program, { access, job }, watch);
}

/** The same for work on files, for which nothing has to be open. */
export type RunFileJob = <J extends FileJob>(
  job: J,
  watch?: Watch<FileJobProgress<J>>,
) => Promise<FileJobResult<J>>;

export function createFileBackground(program: URL): RunFileJob {
  return <J extends FileJob>(job: J, watch: Watch<FileJobProgress<J>> = {}) =>
    inThread<FileJobResult<J>, FileJobProgress<J>>(program, { access: null, job }, watch);
}

function inThread<R, P>(program: URL, work: Work, { onProgress, signal }: Watch<P>): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const { job } = work;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    // What writes ends by itself, between two of its changes, and says how far it came.
    const endsItself = job.kind === 'import' || job.kind === 'import-end';
    const worker = new Worker(program, {
      workerData: { ...work, stop } satisfies WorkerTask,
      transferList: endsItself ? handedOver(job.access) : [],
      resourceLimits: limitsOf(job),
    });
    let settle = () => reject(new Error(`the job ${job.kind} ended without an answer`));
    const cancel = () => {
      if (endsItself) return void Atomics.store(stop, 0, 1);
      settle = () => reject(cancelled());
      void worker.terminate();
    };
    // Once it is cancelled, nothing that the thread still says counts.
    const end = (outcome: () => void) => {
      if (endsItself || !signal?.aborted) settle = outcome;
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'progress':
          onProgress?.(message.progress as P);
          break;
        case 'done':
          end(() => resolve(message.result as R));
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

/** A failure that came from another thread, as the error it was there. */
export function toError({ code, message, field, refusals }: Failure): KeysmithError {
  return new KeysmithError(code, message, {
    ...(field !== undefined && { field }),
    ...(refusals !== undefined && { refusals }),
  });
}
