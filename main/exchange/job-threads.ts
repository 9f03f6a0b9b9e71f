import { type ResourceLimits, Worker } from 'node:worker_threads';
import { handedOver } from '../trust/write-access.ts';
import type { Work, WorkerTask } from './background.ts';
import { isWriting } from './jobs.ts';

/** Where jobs find a thread. */
export interface Threads {
  /** A thread that has begun with the task. */
  begin(task: WorkerTask): Worker;
  /** Told that the thread's job has answered. @returns whether it is kept for another one; else it ends */
  keep(worker: Worker, job: Work['job']): boolean;
}

/** A thread for each job. */
export function freshThreads(program: URL): Threads {
  return {
    begin: task =>
      new Worker(program, {
        workerData: task,
        transferList: transferred(task),
        resourceLimits: limitsOf(task.job),
      }),
    keep: () => false,
  };
}

/** How long a thread waits for its next job, in milliseconds. */
const IDLE = 1000;

/**
 * A thread for each job; only that whoever checks a file issues its keys next, as a rule, and finds the thread that
 * checked it with its program loaded and warm.
 */
export function reusedThreads(program: URL): Threads {
  const fresh = freshThreads(program);
  let idle: { readonly worker: Worker; readonly release: () => void } | undefined;
  return {
    begin(task) {
      if (!idle || !isOfImport(task.job)) return fresh.begin(task);
      const { worker, release } = idle;
      release();
      worker.ref();
      worker.postMessage(task, transferred(task));
      return worker;
    },
    keep(worker, job) {
      if (!waitsForNext(job)) return false;
      if (idle) {
        void worker.terminate();
        return false;
      }
      const end = () => {
        release();
        void worker.terminate();
      };
      const timer = setTimeout(end, IDLE).unref();
      const release = () => {
        clearTimeout(timer);
        worker.off('error', end).off('exit', release);
        idle = undefined;
      };
      worker.on('error', end).on('exit', release).unref();
      idle = { worker, release };
      return true;
    },
  };
}

/** Whether a thread waits for another job when this one is done, until it is ended. */
export function waitsForNext({ kind }: Work['job']): boolean {
  return kind === 'import-check';
}

function isOfImport({ kind }: Work['job']): boolean {
  return kind === 'import-check' || kind === 'import';
}

/** Keys go over whole, and are not copied. */
function transferred({ job }: WorkerTask): ArrayBuffer[] {
  return isWriting(job) ? handedOver(job.access) : [];
}

/**
 * A job that reads makes rows and drops them a page at a time: left to itself, V8 takes several times as much memory
 * for what lives briefly before it cleans up. An inventory keeps nothing but a page of keys; other jobs may keep
 * something of every key, and are given what they need.
 */
function limitsOf({ kind }: Work['job']): ResourceLimits {
  switch (kind) {
    case 'import-check':
    case 'import':
    case 'import-end':
      return {};
    case 'inventory':
      return { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };
    default:
      return { maxYoungGenerationSizeMb: 12 };
  }
}
