import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import { syncFolder } from '../store/durable-file.ts';

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
  if (!existsSync(out)) return;
  if (isZip(out)) {
    if (statSync(out).isDirectory()) throw taken(out, 'is a folder, not a file');
    if (!replace) throw taken(out, 'exists already');
    return;
  }
  if (!statSync(out).isDirectory()) throw taken(out, 'is a file, not a folder');
  if (readdirSync(out).length === 0) return;
  if (!isBundle(out)) throw taken(out, 'is a folder with other files in it');
  if (!replace) throw taken(out, 'holds a bundle already');
}

/**
 * Moves a folder into its place; what may be replaced goes once the new one is there. Between the two renames there is
 * none for a moment.
 */
export function placeFolder(draft: string, out: string, replace: boolean): void {
  // Looked at again: it may have come to be something else meanwhile.
  requirePlace(out, replace);
  const old = `${draft}.old`;
  const isThere = existsSync(out);
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

function taken(out: string, what: string): KeysmithError {
  return new KeysmithError(
    'FILE_EXISTS',
    `${out} ${what}. It was left as it is; choose another name. Only a bundle that is there can be replaced, when that is asked for.`,
    { field: 'out' },
  );
}
