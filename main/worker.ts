/** The program of a background thread: does a job on its own connection to the database, and ends or waits for the next. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage, WorkerTask } from './exchange/background.ts';
import { endImport } from './exchange/end-import.ts';
import { waitsForNext } from './exchange/job-threads.ts';
import { isWriting, type ReadingJob, type WritingJob } from './exchange/jobs.ts';
import { runFileJob } from './exchange/run-file-job.ts';
import { runImport } from './exchange/run-import.ts';
import { runJob } from './exchange/run-job.ts';
import { KeysmithError } from './keys/errors.ts';
import { createStore } from './store/create-store.ts';
import { forOneWalk, openForReading } from './store/open-database.ts';
import { createSeals } from './trust/derived-keys.ts';
import type { ReadAccess } from './trust/session.ts';
import { openForWriting } from './trust/write-access.ts';

// Whoever works in the window comes first. On Linux this is of this thread alone; elsewhere it would be of all.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
const onProgress = (progress: unknown) => tell({ kind: 'progress', progress });

await serve(workerData as WorkerTask);

async function serve(task: WorkerTask): Promise<void> {
  try {
    tell({ kind: 'done', result: await work(task) });
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
    tell({ kind: 'failed', failure: error.toFailure() });
  }
  if (waitsForNext(task.job)) parentPort?.once('message', next => void serve(next as WorkerTask));
}

function work({ access, job, stop }: WorkerTask): Promise<unknown> {
  if (access === null) return runFileJob(job, onProgress);
  return isWriting(job) ? write(job, stop) : read(access, job);
}

async function read(access: ReadAccess, job: ReadingJob): Promise<unknown> {
  const db = openForReading(access.database);
  if (job.kind === 'inventory') forOneWalk(db);
  const seals = createSeals(access.sealKeys);
  const store = createStore(db, seals);
  try {
    return await runJob(store, job, onProgress);
  } finally {
    store.close();
    seals.forget();
  }
}

async function write(job: WritingJob, stop: WorkerTask['stop']): Promise<unknown> {
  const open = openForWriting(job.access);
  const watch = { onProgress, isCancelled: () => Atomics.load(stop, 0) === 1 };
  try {
    return await (job.kind === 'import' ? runImport(open, job, watch) : endImport(open, job, watch));
  } finally {
    open.close();
  }
}
