/** The program of a background thread: does one job on its own connection to the database, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage, WorkerTask } from './exchange/background.ts';
import type { Job, JobResult } from './exchange/jobs.ts';
import { runFileJob } from './exchange/run-file-job.ts';
import { runJob } from './exchange/run-job.ts';
import { KeysmithError } from './keys/errors.ts';
import { createStore } from './store/create-store.ts';
import { openForReading } from './store/open-database.ts';
import { createSeals } from './trust/derived-keys.ts';
import type { ReadAccess } from './trust/session.ts';

const { access, job } = workerData as WorkerTask;
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
const onProgress = (progress: unknown) => tell({ kind: 'progress', progress });

try {
  const result = access === null ? await runFileJob(job, onProgress) : runReading(access, job);
  tell({ kind: 'done', result });
} catch (error) {
  if (!(error instanceof KeysmithError)) throw error;
  tell({ kind: 'failed', failure: error.toFailure() });
}

function runReading(of: ReadAccess, reading: Job): JobResult<Job> {
  const store = createStore(openForReading(of.database), createSeals(of.sealKeys));
  try {
    return runJob(store, reading, onProgress);
  } finally {
    store.close();
  }
}
