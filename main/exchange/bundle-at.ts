import { MANIFEST, SIGNATURE } from '../verify/bundle-source.ts';
import { openFolder } from '../verify/folder-source.ts';
import { readBounded } from '../verify/read-file.ts';
import { openZip } from '../verify/zip-source.ts';

/** Bytes of the largest manifest that is looked at. */
const MAX_MANIFEST = 1_000_000;

/**
 * Whose bundle is at a path, as far as a look at its names and manifest tells: nothing is verified.
 *
 * @returns the service's slug; undefined when it is no bundle, or one with anything else in it
 */
export async function bundleAt(path: string, kind: 'folder' | 'file'): Promise<string | undefined> {
  try {
    const source = await (kind === 'folder' ? openFolder(path) : openZip(path));
    try {
      const { format, service, files } = JSON.parse(
        (await readBounded(source, MANIFEST, MAX_MANIFEST)).toString(),
      );
      const listed = new Set([MANIFEST, SIGNATURE, ...Object.keys(files)]);
      const isWhole = source.sizes.has(SIGNATURE) && [...source.sizes.keys()].every(name => listed.has(name));
      return format === 'keysmith-bundle/1' && isWhole ? String(service) : undefined;
    } finally {
      await source.close();
    }
  } catch {
    // Whatever it is that cannot be read as one: it is left alone.
    return undefined;
  }
}
