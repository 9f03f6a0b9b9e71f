import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../store/durable-file.ts';
import { bundleAt } from './bundle-at.ts';
import { placeKind, placeTaken } from './file-place.ts';

/** A bundle is one file when its name says so, else a folder. */
export function isZip(out: string): boolean {
  return out.toLowerCase().endsWith('.zip');
}

/** Where a bundle goes. */
export interface BundlePlace {
  readonly out: string;
  /** Slug. */
  readonly service: string;
  /** Whether a bundle of the same service that is there may go. */
  readonly replace: boolean;
}

/**
 * Whether a bundle can go to a place: where nothing is, into an empty folder, or where a bundle of the same service may
 * be replaced.
 *
 * SECURITY: anything else is never replaced; it may be somebody's home.
 *
 * @throws FILE_EXISTS
 */
export async function requirePlace({ out, service, replace }: BundlePlace): Promise<void> {
  const kind = placeKind(out);
  const wanted = isZip(out) ? 'file' : 'folder';
  if (kind === 'nothing') return;
  if (kind !== wanted) throw placeTaken(out, `is a ${kind}, not a ${wanted}`);
  if (kind === 'folder' && readdirSync(out).length === 0) return;
  const there = await bundleAt(out, kind);
  if (there === undefined)
    throw placeTaken(
      out,
      kind === 'file' ? 'is a file, and no bundle' : 'is a folder with other files in it',
    );
  if (there !== service) throw placeTaken(out, `holds a bundle of the service ${there}`);
  if (!replace) throw placeTaken(out, 'holds a bundle already', ', or have it replaced');
}

/**
 * Moves a folder into its place; what may be replaced goes once the new one is there. Between the two renames there is
 * none for a moment.
 */
export async function placeFolder(draft: string, place: BundlePlace): Promise<void> {
  // Looked at again: it may have come to be something else meanwhile.
  await requirePlace(place);
  const { out } = place;
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
