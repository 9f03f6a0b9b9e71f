import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KeysmithError } from '../keys/errors.ts';
import { syncFile, syncFolder, writeNewDurably } from './durable-file.ts';
import { isRunning } from './left-behind.ts';
import { DATABASE_FILE } from './open-database.ts';

/** Where the data of an installation is made ready that is to replace another one. */
const STAGED = /^restoring-(\d+)$/;
/** The same from the moment on at which the replacement counts. */
const READY = 'restored';
/** … and while a process brings it to its end. */
const CLAIMED = /^restored(?:-(\d+))?$/;
const PLAN = 'plan.json';

/** What may lie beside the database that is replaced. */
const BESIDE = ['-wal', '-shm', '-journal'].map(suffix => DATABASE_FILE + suffix);

const planSchema = z.strictObject({
  /** The folder in the data folder that takes what is replaced. */
  aside: z.string().regex(/^replaced-[0-9A-Za-z-]+$/),
  /** Files that go there although nothing takes their place. */
  away: z.array(z.string()),
});
type Plan = z.infer<typeof planSchema>;

/** An empty folder, private, in which the data is made ready. What a process left that died over it goes. */
export function stageReplacement(folder: string): string {
  removeAbandoned(folder);
  const staged = join(folder, `restoring-${process.pid}`);
  // Of another process that had this number: in a container they come again soon.
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { mode: 0o700 });
  return staged;
}

/**
 * Makes the replacement count, in one step: whatever happens from here on, the new data is what is opened next.
 * Everything in `staged` must be on the disk.
 *
 * @returns where what is replaced will be
 */
export function commitReplacement(folder: string, staged: string, plan: Plan): string {
  writeNewDurably(join(staged, PLAN), [JSON.stringify(plan)]);
  for (const name of readdirSync(staged)) syncFile(join(staged, name));
  renameSync(staged, join(folder, READY));
  syncFolder(join(folder, READY));
  return join(folder, plan.aside);
}

/**
 * Brings a replacement that counts to its end: the old files go aside, the new ones take their place. Each step can be
 * taken again by whoever opens the installation next, so that a process may die between any two.
 *
 * @throws STORE_BUSY while another process is at it
 */
export function finishReplacement(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  removeAbandoned(folder);
  const ready = claim(folder);
  if (ready === undefined) return;
  // What is left without a plan was brought to its end, but for its folder.
  if (existsSync(join(ready, PLAN))) {
    const plan = planSchema.parse(JSON.parse(readFileSync(join(ready, PLAN), 'utf8')));
    replaceFiles(folder, ready, plan);
    rmSync(join(ready, PLAN));
  }
  rmSync(ready, { recursive: true });
}

function replaceFiles(folder: string, ready: string, { aside, away }: Plan): void {
  const old = join(folder, aside);
  const names = readdirSync(ready).filter(name => name !== PLAN && name !== DATABASE_FILE);
  // Once the new database is in its place, nothing in the folder is the old one's any more.
  if (!existsSync(join(ready, DATABASE_FILE))) return;
  mkdirSync(old, { recursive: true, mode: 0o700 });
  // A log beside the old database above all: SQLite would play it into the new one.
  for (const name of [...BESIDE, ...away]) moveIfThere(join(folder, name), join(old, name));
  for (const name of [...names, DATABASE_FILE]) {
    moveIfThere(join(folder, name), join(old, name));
    renameSync(join(ready, name), join(folder, name));
  }
  syncFolder(join(folder, DATABASE_FILE));
  syncFolder(join(old, DATABASE_FILE));
  // Where nothing was replaced, there is nothing to keep.
  if (readdirSync(old).length === 0) rmSync(old, { recursive: true });
}

/** Takes a replacement that counts for this process alone: two at it would undo each other's steps. */
function claim(folder: string): string | undefined {
  const found = readdirSync(folder).find(name => CLAIMED.test(name));
  if (found === undefined) return undefined;
  const [, pid] = CLAIMED.exec(found) ?? [];
  const mine = join(folder, `${READY}-${process.pid}`);
  if (pid !== undefined && Number(pid) !== process.pid && isRunning(Number(pid))) throw busy(folder);
  try {
    renameSync(join(folder, found), mine);
    return mine;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw busy(folder);
    throw error;
  }
}

function busy(folder: string): KeysmithError {
  return new KeysmithError(
    'STORE_BUSY',
    `The installation in ${folder} is being replaced from a backup by another process. Try again in a moment.`,
  );
}

/** SECURITY: what a process left that died before its data counted may hold secrets. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = STAGED.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { recursive: true });
  }
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}
