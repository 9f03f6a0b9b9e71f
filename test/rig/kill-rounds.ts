import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startNode } from './run-node.ts';

/** Where a round's process is to die: standing still at a step of its Nth change, or wherever it is after N lines. */
export type Aim =
  | { readonly kind: 'standing'; readonly step: string; readonly change: number }
  | { readonly kind: 'running'; readonly lines: number };

/** Which side of a commit a process died on. */
export type Moment = 'before' | 'inside' | 'after';

/** A change that was acknowledged: the key's ID, and its token or `revoked`. */
interface Acknowledged {
  readonly id: string;
  readonly result: string;
}

/** What a process had said when it was killed. */
export interface Round {
  readonly moment: Moment;
  /** The last step that was said. */
  readonly step: string;
  readonly acknowledged: readonly Acknowledged[];
}

const MOMENTS: Readonly<Record<string, Moment>> = {
  ready: 'before',
  before: 'before',
  begun: 'inside',
  written: 'inside',
  committed: 'after',
  done: 'after',
};

/** Starts a process that waits for its aim, so that its start costs no time later. */
export function startChanging(folder: string, keychainFile: string): ChildProcessWithoutNullStreams {
  return startNode(join(import.meta.dirname, 'children/change-keys.ts'), [folder, keychainFile], process.env);
}

/** Lets a started process work until it is where it is to die, and kills it there. */
export async function killAt(child: ChildProcessWithoutNullStreams, aim: Aim): Promise<Round> {
  let complaint = '';
  child.stderr.on('data', chunk => {
    complaint += chunk;
  });
  const closed = once(child, 'close');
  child.stdin.write(aim.kind === 'standing' ? `${aim.change} ${aim.step}\n` : '0 none\n');

  const lines: string[] = [];
  let changes = 0;
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line === 'before') changes += 1;
    const isThere =
      aim.kind === 'standing' ? changes === aim.change && line === aim.step : lines.length === aim.lines;
    if (isThere) child.kill('SIGKILL');
  }
  await closed;
  if (child.signalCode !== 'SIGKILL') throw new Error(`The process ended by itself: ${complaint}`);
  return readRound(lines);
}

function readRound(lines: readonly string[]): Round {
  const [step = ''] = lines.at(-1)?.split(' ') ?? [];
  const moment = MOMENTS[step];
  if (!moment) throw new Error(`The process was killed at an unknown step: ${step}`);
  return {
    moment,
    step,
    acknowledged: lines
      .filter(line => line.startsWith('done '))
      .map(line => line.split(' '))
      .map(([, id = '', result = '']) => ({ id, result })),
  };
}
