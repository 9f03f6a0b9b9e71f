import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../store/left-behind.ts';

/** Of the draft itself, of its second half, of its signature. */
const ENDING = /^\.new-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}(?:\.rest|\.jws)?$/;

/** Which machine, or container: the numbers of processes are each one's own, and a folder may be of several. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Where a file is written before it is moved to its place: beside it, under a name that says who is at it. */
export function draftPath(out: string): string {
  return `${out}.new-${HOST}-${process.pid}-${randomBytes(6).toString('hex')}`;
}

/** Removes drafts for a place that processes left which died over them. What cannot be removed is left where it is. */
export function removeLeftDrafts(out: string): void {
  for (const name of namesBeside(out)) {
    const [, host, pid] =
      (name.startsWith(basename(out)) && ENDING.exec(name.slice(basename(out).length))) || [];
    if (host === HOST && !isRunning(Number(pid))) removeIfAllowed(join(dirname(out), name));
  }
}

function namesBeside(out: string): readonly string[] {
  try {
    return readdirSync(dirname(out));
  } catch {
    // Where it cannot be looked, writing says why.
    return [];
  }
}

function removeIfAllowed(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Another user's, who may remove it; it stands in the way of nothing.
  }
}
