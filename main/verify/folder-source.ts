import { constants } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { BundleError, shown } from './bundle-error.ts';
import { type BundleSource, isBundleName, MAX_FILES, nameInvalid, tooManyFiles } from './bundle-source.ts';

const CHUNK = 1 << 20;
// SECURITY: a link that takes the place of a file after it was looked at is not followed, a pipe is not waited for.
// Windows knows neither flag.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * A bundle in a folder. The folder itself may be reached through a link; what is in it may not be one.
 *
 * @throws BUNDLE_UNREADABLE, BUNDLE_NAME_INVALID, BUNDLE_TOO_LARGE
 */
export async function openFolder(folder: string): Promise<BundleSource> {
  const sizes = new Map<string, number>();
  await list(folder, '', sizes);
  return {
    sizes,
    chunks: name => readChunks(join(folder, name), name),
    close: async () => {},
  };
}

async function list(folder: string, prefix: string, sizes: Map<string, number>): Promise<void> {
  for await (const { name: last } of await opendir(folder)) {
    const name = prefix + last;
    if (!isBundleName(name)) throw nameInvalid(name, 'has a name that is not allowed');
    const entry = await lstat(join(folder, last));
    if (entry.isDirectory()) {
      if (prefix !== '') throw nameInvalid(name, 'is a folder inside a folder');
      await list(join(folder, last), `${name}/`, sizes);
    } else if (entry.isFile()) {
      sizes.set(name, entry.size);
    } else {
      throw nameInvalid(name, entry.isSymbolicLink() ? 'is a link' : 'is not a plain file');
    }
    if (sizes.size > MAX_FILES) throw tooManyFiles();
  }
}

async function* readChunks(path: string, name: string): AsyncGenerator<Buffer> {
  const file = await open(path, FLAGS);
  try {
    if (!(await file.stat()).isFile()) throw nameInvalid(name, 'is not a plain file any more');
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** What the system says when a bundle cannot be read, as the error of a bundle. */
export function unreadable(error: unknown, file: string | null): BundleError {
  if (error instanceof BundleError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const said = code ?? (error instanceof Error ? error.message : error);
  const found = code === 'ENOENT' ? 'there is nothing at this path' : shown(String(said));
  return new BundleError(
    'BUNDLE_UNREADABLE',
    file,
    `The bundle${file === null ? '' : `'s file ${file}`} cannot be read: ${found}. Allowed are a bundle's folder or its .zip, readable by this program.`,
  );
}
