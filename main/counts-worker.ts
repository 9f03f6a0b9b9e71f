/** The program of the thread that counts: reads the database on its own connection until it is stopped. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CountsAnswer, CountsQuestion, CountsTask } from './desktop/counts.ts';
import { KeysmithError } from './keys/errors.ts';
import { createCountAnswers } from './store/answer-counts.ts';
import { openForReading } from './store/open-database.ts';

const { database } = workerData as CountsTask;
const tell = (answer: CountsAnswer) => parentPort?.postMessage(answer);
const answers = createCountAnswers(openForReading(database));

parentPort?.on('message', async ({ id, request }: CountsQuestion) => {
  try {
    tell({ id, result: await answers.answer(request) });
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
    tell({ id, failure: error.toFailure() });
  }
});
