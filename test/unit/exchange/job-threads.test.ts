import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkerTask } from '../../../main/exchange/background.ts';
import { reusedThreads } from '../../../main/exchange/job-threads.ts';

/** A program that says of which kind its jobs are, and goes on for as long as it is not ended. */
const ECHO = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, workerData } from 'node:worker_threads';
    const tell = task => parentPort.postMessage(task.job.kind);
    tell(workerData);
    parentPort.on('message', tell);
  `)}`,
);

/** No thread of these tests opens anything. */
function task(kind: WorkerTask['job']['kind']): WorkerTask {
  const access = { tokens: null, signing: null };
  return { access, job: { kind, access }, stop: new Int32Array(new SharedArrayBuffer(4)) } as never;
}

const begun: Worker[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const worker of begun.splice(0)) await worker.terminate();
});

function threads() {
  const { begin, keep } = reusedThreads(ECHO);
  return {
    keep,
    async begin(kind: WorkerTask['job']['kind']) {
      const worker = begin(task(kind));
      begun.push(worker);
      expect(await once(worker, 'message')).toEqual([kind]);
      return worker;
    },
  };
}

describe('threads of jobs', () => {
  it.each(['import', 'import-check'] as const)(
    'let the one that checked a file go on with its %s',
    async kind => {
      const { begin, keep } = threads();
      const first = await begin('import-check');
      expect(keep(first, task('import-check').job)).toBe(true);
      expect(await begin(kind)).toBe(first);
      expect(await begin('import-check'), 'it is busy').not.toBe(first);
    },
  );

  it('give every other job a thread of its own, and keep none of theirs', async () => {
    const { begin, keep } = threads();
    const first = await begin('import-check');
    keep(first, task('import-check').job);
    for (const kind of ['inventory', 'verify', 'import-end'] as const) {
      const worker = await begin(kind);
      expect(worker).not.toBe(first);
      expect(keep(worker, task(kind).job)).toBe(false);
    }
  });

  it('end one that finds another waiting already', async () => {
    const { begin, keep } = threads();
    const [first, second] = [await begin('import-check'), await begin('import-check')];
    expect(keep(first, task('import-check').job)).toBe(true);
    const ended = once(second, 'exit');
    expect(keep(second, task('import-check').job)).toBe(false);
    await ended;
    expect(await begin('import')).toBe(first);
  });

  it('end one that waited for a second, and begin another', async () => {
    const { begin, keep } = threads();
    const first = await begin('import-check');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    keep(first, task('import-check').job);
    const ended = once(first, 'exit');
    vi.advanceTimersByTime(999);
    expect(first.threadId).toBeGreaterThan(0);
    vi.advanceTimersByTime(1);
    await ended;
    expect(await begin('import')).not.toBe(first);
  });

  it('forget one that failed while it waited', async () => {
    const { begin, keep } = threads();
    const first = await begin('import-check');
    keep(first, task('import-check').job);
    const ended = new Promise(resolve => first.once('exit', resolve));
    first.postMessage(null);
    await ended;
    expect(await begin('import')).not.toBe(first);
  });
});
