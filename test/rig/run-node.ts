import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Outcome } from './outcome.ts';
import { ROOT } from './run-tool.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The built command line. */
export const CLI = join(ROOT, 'dist/main/cli.js');

/** Where Node keeps what it made of the sources: hundreds of short processes then start in half the time. */
export const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/keysmith-test');

/** Starts a script on this Node; `.ts` needs no build. */
export function startNode(
  script: string,
  args: readonly string[],
  env: Environment,
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: 'pipe',
  });
}

/** Runs a script on this Node to its end. */
export async function runNode(
  script: string,
  args: readonly string[],
  env: Environment,
  input = '',
): Promise<Outcome> {
  const child = startNode(script, args, env);
  // A child that reads nothing may be gone before its input is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, out, err };
}
