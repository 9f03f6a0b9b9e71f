/** The program of a background thread: does one job on its own connection to the database, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage, WorkerTask } from './exchange/background.ts';
import type { ImportJob, Progress, ReadingJob } from './exchange/jobs.ts';
import { runImport } from './exchange/run-import.ts';
import { runJob } from './exchange/run-job.ts';
import { KeysmithError } from './keys/errors.ts';
import { createStore } from './store/create-store.ts';
import { openForReading } from './store/open-database.ts';
import { createSeals } from './trust/derived-keys.ts';
import { openForWriting } from './trust/write-access.ts';

const { access, job, stop } = workerData as WorkerTask;
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
const onProgress = (progress: Progress) => tell({ kind: 'progress', progress });

try {
  tell({ kind: 'done', result: await (job.kind === 'import' ? write(job) : read(job)) });
} catch (error) {
  if (!(error instanceof KeysmithError)) throw error;
  tell({ kind: 'failed', failure: error.toFailure() });
}

async function read(reading: ReadingJob): Promise<unknown> {
  const store = createStore(openForReading(access.database), createSeals(access.sealKeys));
  try {
    return await runJob(store, reading, onProgress);
  } finally {
    store.close();
  }
}

async function write(writing: ImportJob): Promise<unknown> {
  const open = openForWriting(writing.access);
  try {
    return await runImport(open, writing, { onProgress, isCancelled: () => Atomics.load(stop, 0) === 1 });
  } finally {
    open.close();
  }
}
