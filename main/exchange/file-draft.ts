import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../store/left-behind.ts';
import { SIGNATURE } from '../verify/bundle-source.ts';

/** Behind the place: the machine, the process, and which of a draft's files it is. */
const ENDING = /^\.new-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}((?:\.[a-z]+)*)$/;

/** Of a file: the draft itself, its second half, its signature, and the signature that this was to replace. */
const FILE_PARTS = ['', '.rest', '.jws', '.jws.old'];

/** Of a bundle: its folder, that folder as one file, the room for its end, and the folder that it was to replace. */
const BUNDLE_PARTS = ['', '.zip', '.room', '.old'];

/** Which machine, or container: the numbers of processes are each one's own, and a folder may be of several. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Where a file is written before it is moved to its place: beside it, under a name that says who is at it. */
export function draftPath(out: string): string {
  return `${out}.new-${HOST}-${process.pid}-${randomBytes(6).toString('hex')}`;
}

/**
 * Removes drafts of a file for a place that processes left which died over them. What cannot be removed is left where it
 * is.
 */
export function removeLeftDrafts(out: string): void {
  // A signature that was moved away is the only one while there is no other.
  for (const { path, part } of leftDrafts(out, FILE_PARTS))
    if (part !== '.jws.old' || existsSync(`${out}.jws`)) removeIfAllowed(path);
}

/**
 * The same for drafts of a bundle. One that may have its number is kept, since services may need this very number; so is
 * the bundle before it, while there is none in its place.
 */
export function removeLeftBundles(out: string): void {
  for (const { path, part } of leftDrafts(out, BUNDLE_PARTS)) {
    const isWanted = part === '.old' ? !existsSync(out) : existsSync(join(path, SIGNATURE));
    if (!isWanted) removeIfAllowed(path, { recursive: true });
  }
}

function leftDrafts(out: string, parts: readonly string[]): readonly { path: string; part: string }[] {
  return namesBeside(out).flatMap(name => {
    const found = name.startsWith(basename(out)) ? ENDING.exec(name.slice(basename(out).length)) : null;
    const [, host, pid, part = ''] = found ?? [];
    const isLeft = host === HOST && parts.includes(part) && !isRunning(Number(pid));
    return isLeft ? [{ path: join(dirname(out), name), part }] : [];
  });
}

function namesBeside(out: string): readonly string[] {
  try {
    return readdirSync(dirname(out));
  } catch {
    // Where it cannot be looked, writing says why.
    return [];
  }
}

function removeIfAllowed(path: string, { recursive = false } = {}): void {
  try {
    rmSync(path, { force: true, recursive });
  } catch {
    // Another user's, who may remove it; it stands in the way of nothing.
  }
}
