import { createHash } from 'node:crypto';
import { BundleError } from './bundle-error.ts';
import type { BundleSource } from './bundle-source.ts';
import { unreadable } from './folder-source.ts';
import type { ListedFile } from './manifest.ts';

/** Bytes of the largest file that is kept in memory: what an offset in it can count. */
const MAX_KEPT = 2 ** 31 - 1;

/**
 * Reads a file that nothing vouches for yet: the manifest and its signature.
 *
 * @throws BUNDLE_FILE_MISSING, BUNDLE_TOO_LARGE
 */
export async function readBounded(source: BundleSource, name: string, limit: number): Promise<Buffer> {
  const stated = source.sizes.get(name);
  if (stated === undefined) throw fileMissing(name);
  if (stated > limit) throw tooLarge(name, limit);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of guarded(source, name)) {
    size += chunk.length;
    // SECURITY: an archive can state a small size and unpack to any; what comes is counted.
    if (size > limit) throw tooLarge(name, limit);
    parts.push(Buffer.from(chunk));
  }
  return Buffer.concat(parts, size);
}

/**
 * Reads a listed file and checks it against what was signed.
 *
 * @param keep whether its bytes are wanted; the others are only hashed, a piece at a time
 * @returns the bytes, empty when they are not wanted
 * @throws BUNDLE_FILE_MISSING, BUNDLE_FILE_CHANGED, BUNDLE_TOO_LARGE
 */
export async function readListed(
  source: BundleSource,
  name: string,
  listed: ListedFile,
  keep: boolean,
): Promise<Buffer> {
  const stated = source.sizes.get(name);
  if (stated === undefined) throw fileMissing(name);
  // SECURITY: compared before anything is unpacked or allocated.
  if (stated !== listed.size) throw fileChanged(name);
  if (keep && listed.size > MAX_KEPT) throw tooLarge(name, MAX_KEPT);
  const kept = Buffer.allocUnsafeSlow(keep ? listed.size : 0);
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of guarded(source, name)) {
    if (size + chunk.length > listed.size) throw fileChanged(name);
    hash.update(chunk);
    if (keep) chunk.copy(kept, size);
    size += chunk.length;
  }
  if (size !== listed.size || hash.digest('hex') !== listed.sha256) throw fileChanged(name);
  return kept;
}

async function* guarded(source: BundleSource, name: string): AsyncGenerator<Buffer> {
  try {
    yield* source.chunks(name);
  } catch (error) {
    throw unreadable(error, name);
  }
}

export function fileMissing(name: string): BundleError {
  return new BundleError(
    'BUNDLE_FILE_MISSING',
    name,
    `The file ${name} is not in the bundle. Copy the bundle again, with all its files.`,
  );
}

function fileChanged(name: string): BundleError {
  return new BundleError(
    'BUNDLE_FILE_CHANGED',
    name,
    `The file ${name} is not the one that was signed: its size or SHA-256 differs from the manifest's. Copy the bundle again.`,
  );
}

function tooLarge(name: string, limit: number): BundleError {
  return new BundleError(
    'BUNDLE_TOO_LARGE',
    name,
    `The file ${name} has more than ${limit} bytes, which no export has. Use the bundle as it was exported.`,
  );
}
