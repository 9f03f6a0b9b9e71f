/** The program of a background thread: reads the database on its own connection, does one job, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage, WorkerTask } from './exchange/background.ts';
import { runJob } from './exchange/run-job.ts';
import { KeysmithError } from './keys/errors.ts';
import { createStore } from './store/create-store.ts';
import { openForReading } from './store/open-database.ts';
import { createSeals } from './trust/derived-keys.ts';

const { access, job } = workerData as WorkerTask;
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

try {
  const store = createStore(openForReading(access.database), createSeals(access.sealKeys));
  try {
    const onProgress = (progress: { done: number; total: number }) => tell({ kind: 'progress', progress });
    tell({ kind: 'done', result: runJob(store, job, onProgress) });
  } finally {
    store.close();
  }
} catch (error) {
  if (!(error instanceof KeysmithError)) throw error;
  tell({ kind: 'failed', failure: error.toFailure() });
}
