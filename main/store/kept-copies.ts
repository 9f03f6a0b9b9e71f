import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Copies of a database from before its migrations: how many stay. */
export const COPIES_KEPT = 3;
const COPY_NAME = /\.before-v(\d+)-\d{14}\.db$/;

/** Where the copy of a database goes that has this schema now. */
export function keptCopyPath(path: string, version: number): string {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${stemOf(path)}.before-v${version}-${time}.db`;
}

/**
 * Where a copy is made before it is moved to its place. One name for all: only whoever holds the write lock makes one,
 * so that whatever is there was left by a process that died.
 */
export function copyDraftPath(path: string): string {
  return `${stemOf(path)}.before-migration.new`;
}

/** All copies, the newest last; of one schema where it is given. */
export function keptCopies(path: string, version?: number): string[] {
  const folder = dirname(path);
  const stem = basename(stemOf(path));
  return readdirSync(folder)
    .filter(name => {
      const [, of] = (name.startsWith(`${stem}.`) && COPY_NAME.exec(name)) || [];
      return of !== undefined && (version === undefined || Number(of) === version);
    })
    .map(name => join(folder, name))
    .sort((a, b) => (a.slice(-17) < b.slice(-17) ? -1 : 1));
}

export function newestCopy(path: string): string | undefined {
  return statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()
    ? keptCopies(path).at(-1)
    : undefined;
}

/** A sentence that says where the last copy is. */
export function lastCopy(path: string): string {
  const copy = newestCopy(path);
  return copy === undefined
    ? 'There is no copy of it in this folder; restore a backup.'
    : `The last copy is ${copy}.`;
}

const stemOf = (path: string) => path.replace(/\.db$/, '');
