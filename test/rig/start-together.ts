import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Outcome } from './outcome.ts';
import { startNode } from './run-node.ts';

/**
 * Runs a script several times at once: each says `ready` on its output and waits for a line on its input, and all get
 * theirs together.
 *
 * @returns what each came to; `out` is without the `ready`
 */
export async function runTogether(script: string, argvs: readonly (readonly string[])[]): Promise<Outcome[]> {
  const children = argvs.map(args => startNode(script, args, process.env));
  const outcomes = children.map(outcomeOf);
  await Promise.all(children.map(child => once(child.stdout, 'data')));
  for (const child of children) child.stdin.write('go\n');
  return Promise.all(outcomes);
}

async function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, out: out.replace(/^ready\n/, ''), err };
}
