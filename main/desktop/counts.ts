import { Worker } from 'node:worker_threads';
import { cancelled, toError } from '../exchange/background.ts';
import type { Failure } from '../keys/errors.ts';
import type { CountRequest, CountResult } from '../store/answer-counts.ts';
import type { Session } from '../trust/session.ts';

/** What the thread is started with. SECURITY: a path and no keys; it reads what filters ask, and no secret. */
export interface CountsTask {
  readonly database: string;
}

export interface CountsQuestion {
  readonly id: number;
  readonly request: CountRequest;
}

export type CountsAnswer =
  | { readonly id: number; readonly result: CountResult }
  | { readonly id: number; readonly failure: Failure };

/** Counts keys in a thread of its own, so that nothing waits for numbers. */
export interface Counts {
  /** @throws CANCELLED when newer facets are asked for, or the session ended; QUERY_INVALID, STORE_* */
  ask<R extends CountRequest>(session: CountedSession, request: R): Promise<CountResult<R>>;
  /** Ends the thread; settles when it has closed the database and its memory is gone. */
  stop(): Promise<void>;
}

type CountedSession = Pick<Session, 'readAccess'>;

interface Running {
  readonly session: CountedSession;
  readonly ask: (request: CountRequest) => Promise<CountResult>;
  readonly stop: () => Promise<void>;
}

/** One thread for the open session: started with its first question, and ended when another session asks. */
export function createCounts(program: URL): Counts {
  let running: Running | undefined;
  const start = (session: CountedSession): Running => {
    const started = startThread(program, session, () => {
      if (running === started) running = undefined;
    });
    return started;
  };
  return {
    ask<R extends CountRequest>(session: CountedSession, request: R) {
      if (running && running.session !== session) void running.stop();
      if (running?.session !== session) running = start(session);
      return running.ask(request) as Promise<CountResult<R>>;
    },
    async stop() {
      const ended = running;
      running = undefined;
      await ended?.stop();
    },
  };
}

function startThread(program: URL, session: CountedSession, onEnd: () => void): Running {
  const { database } = session.readAccess;
  const worker = new Worker(program, { workerData: { database } satisfies CountsTask });
  const asked = new Map<number, { resolve(result: CountResult): void; reject(error: unknown): void }>();
  let next = 0;
  const refuse = (error: unknown) => {
    onEnd();
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
  };
  const ended = new Promise<void>(resolve => {
    worker.once('exit', () => {
      refuse(cancelled());
      resolve();
    });
  });
  // Where it fails, whoever asked is told, and the next question starts another one.
  worker.on('error', refuse);
  worker.on('message', (answer: CountsAnswer) => {
    const question = asked.get(answer.id);
    asked.delete(answer.id);
    if ('failure' in answer) question?.reject(toError(answer.failure));
    else question?.resolve(answer.result);
  });
  return {
    session,
    ask: request =>
      new Promise((resolve, reject) => {
        next += 1;
        asked.set(next, { resolve, reject });
        worker.postMessage({ id: next, request } satisfies CountsQuestion);
      }),
    async stop() {
      void worker.terminate();
      await ended;
    },
  };
}
