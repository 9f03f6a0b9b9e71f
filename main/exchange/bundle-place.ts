import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../store/durable-file.ts';
import { placeKind, placeTaken, requireFilePlace } from './file-place.ts';

/** A bundle is one file when its name says so, else a folder. */
export function isZip(out: string): boolean {
  return out.toLowerCase().endsWith('.zip');
}

/**
 * Whether a bundle can go to a place. A folder is taken when it is empty, or a bundle that may be replaced.
 *
 * SECURITY: a folder with anything else in it is never replaced; it may be somebody's home.
 *
 * @throws FILE_EXISTS
 */
export function requirePlace(out: string, replace: boolean): void {
  if (isZip(out)) {
    requireFilePlace(out, replace);
    return;
  }
  const kind = placeKind(out);
  if (kind === 'nothing') return;
  if (kind !== 'folder') throw placeTaken(out, `is a ${kind}, not a folder`);
  if (readdirSync(out).length === 0) return;
  if (!isBundle(out)) throw placeTaken(out, 'is a folder with other files in it');
  if (!replace) throw placeTaken(out, 'holds a bundle already', ', or have it replaced');
}

/**
 * Moves a folder into its place; what may be replaced goes once the new one is there. Between the two renames there is
 * none for a moment.
 */
export function placeFolder(draft: string, out: string, replace: boolean): void {
  // Looked at again: it may have come to be something else meanwhile.
  requirePlace(out, replace);
  const old = `${draft}.old`;
  const isThere = placeKind(out) === 'folder';
  if (isThere) renameSync(out, old);
  try {
    renameSync(draft, out);
  } catch (error) {
    if (isThere) renameSync(old, out);
    throw error;
  }
  syncFolder(out);
  rmSync(old, { recursive: true, force: true });
}

/** Every file of a folder by its path in it, in ASCII order. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

function isBundle(folder: string): boolean {
  try {
    const { format, files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const known = new Set(['manifest.json', 'manifest.jws', ...Object.keys(files)]);
    return format === 'keysmith-bundle/1' && filesIn(folder).every(name => known.has(name));
  } catch {
    return false;
  }
}
