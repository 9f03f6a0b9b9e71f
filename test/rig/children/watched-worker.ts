/** The program of background threads, whose calls count with those of the main thread. */
import { getEnvironmentData } from 'node:worker_threads';
import { type SharedCount, watchCalls } from './watch-calls.ts';

watchCalls(getEnvironmentData('count') as unknown as SharedCount);
await import('../../../main/worker.ts');
