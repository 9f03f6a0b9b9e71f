/** The program of a background thread: does one job on its own connection to the database, and ends. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage, WorkerTask } from './exchange/background.ts';
import { endImport } from './exchange/end-import.ts';
import type { ReadingJob, WritingJob } from './exchange/jobs.ts';
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

const task = workerData as WorkerTask;
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
const onProgress = (progress: unknown) => tell({ kind: 'progress', progress });

try {
  tell({ kind: 'done', result: await work(task) });
} catch (error) {
  if (!(error instanceof KeysmithError)) throw error;
  tell({ kind: 'failed', failure: error.toFailure() });
}

function work({ access, job }: WorkerTask): Promise<unknown> {
  if (access === null) return runFileJob(job, onProgress);
  return job.kind === 'import' || job.kind === 'import-end' ? write(job) : read(access, job);
}

async function read(access: ReadAccess, job: ReadingJob): Promise<unknown> {
  const db = openForReading(access.database);
  if (job.kind === 'inventory') forOneWalk(db);
  const store = createStore(db, createSeals(access.sealKeys));
  try {
    return await runJob(store, job, onProgress);
  } finally {
    store.close();
  }
}

async function write(job: WritingJob): Promise<unknown> {
  const open = openForWriting(job.access);
  const watch = { onProgress, isCancelled: () => Atomics.load(task.stop, 0) === 1 };
  try {
    return await (job.kind === 'import' ? runImport(open, job, watch) : endImport(open, job, watch));
  } finally {
    open.close();
  }
}
