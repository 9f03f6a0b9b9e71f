import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer } from './children/answer.ts';

/**
 * Runs a program of `children/` in a fresh process: no measurement finds the heap of another one.
 *
 * @param name the file's, without its ending
 */
export async function runChild<Out>(name: string, input: unknown): Promise<Answer<Out>> {
  const child = fork(join(import.meta.dirname, 'children', `${name}.ts`), [JSON.stringify(input)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let answer: Answer<Out> | undefined;
  child.on('message', message => {
    answer = message as Answer<Out>;
  });
  const [code, signal] = await once(child, 'exit');
  if (answer && code === 0) return answer;
  throw new Error(`the measurement ${name} ended with ${signal ?? code} and no answer`);
}
