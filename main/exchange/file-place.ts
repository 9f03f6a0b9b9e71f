import { lstatSync } from 'node:fs';
import { KeysmithError } from '../keys/errors.ts';

export type PlaceKind = 'nothing' | 'file' | 'folder' | 'link' | 'device';

/** What is at a place. A link counts as itself, not as what it leads to: that is never replaced by way of it. */
export function placeKind(path: string): PlaceKind {
  try {
    const there = lstatSync(path);
    if (there.isFile()) return 'file';
    if (there.isDirectory()) return 'folder';
    return there.isSymbolicLink() ? 'link' : 'device';
  } catch {
    // Where it cannot be looked, writing says why.
    return 'nothing';
  }
}

/**
 * Whether a file can go to a place: where nothing is, or a file that may be replaced.
 *
 * SECURITY: whoever is root and names /dev/stdout must not replace the device.
 *
 * @throws FILE_EXISTS
 */
export function requireFilePlace(path: string, replace: boolean): void {
  const kind = placeKind(path);
  if (kind === 'nothing' || (kind === 'file' && replace)) return;
  throw placeTaken(
    path,
    kind === 'file' ? 'exists already' : `is a ${kind}, not a file`,
    kind === 'file' ? ', or have it replaced' : '',
  );
}

export function placeTaken(path: string, what: string, remedy = ''): KeysmithError {
  return new KeysmithError(
    'FILE_EXISTS',
    `${path} ${what}. It was left as it is; choose another name${remedy}.`,
    { field: 'out' },
  );
}
