import { type Failure, KeysmithError } from '../keys/errors.ts';
import type { ReadAccess } from '../trust/session.ts';
import type { FileJob, FileJobProgress, FileJobResult } from './file-jobs.ts';
import { freshThreads, reusedThreads, type Threads } from './job-threads.ts';
import { isWriting, type Job, type JobResult, type Progress, type Watch } from './jobs.ts';

/** What a worker tells. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What a worker is to do, and by what it opens the database. */
export type Work =
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
  const threads = reusedThreads(program);
  return <J extends Job>(job: J, watch: Watch = {}) =>
    inThread<JobResult<J>, Progress>(threads, { access, job }, watch);
}

/** The same for work on files, for which nothing has to be open. */
export type RunFileJob = <J extends FileJob>(
  job: J,
  watch?: Watch<FileJobProgress<J>>,
) => Promise<FileJobResult<J>>;

export function createFileBackground(program: URL): RunFileJob {
  return <J extends FileJob>(job: J, watch: Watch<FileJobProgress<J>> = {}) =>
    inThread<FileJobResult<J>, FileJobProgress<J>>(freshThreads(program), { access: null, job }, watch);
}

function inThread<R, P>(threads: Threads, work: Work, { onProgress, signal }: Watch<P>): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const { job } = work;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    // What writes ends by itself, between two of its changes, and says how far it came.
    const endsItself = isWriting(job);
    const worker = threads.begin({ ...work, stop });
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
    const answered = (outcome: () => void) => {
      end(outcome);
      if (!signal?.aborted && threads.keep(worker, job)) leave();
    };
    const hear = (message: WorkerMessage) => {
      switch (message.kind) {
        case 'progress':
          onProgress?.(message.progress as P);
          break;
        case 'done':
          answered(() => resolve(message.result as R));
          break;
        case 'failed':
          answered(() => reject(toError(message.failure)));
      }
    };
    const fail = (error: unknown) => end(() => reject(error));
    const leave = () => {
      signal?.removeEventListener('abort', cancel);
      worker.off('message', hear).off('error', fail).off('exit', leave);
      settle();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    // Unless it is kept, only when the thread is gone: until then it may still have files open that are cleared away.
    worker.on('message', hear).on('error', fail).on('exit', leave);
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
