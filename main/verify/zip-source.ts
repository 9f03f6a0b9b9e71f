import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { BundleError } from './bundle-error.ts';
import { type BundleSource, isBundleName, MAX_FILES, nameInvalid, tooManyFiles } from './bundle-source.ts';

/** Bits of the Unix mode that say what kind of file an entry is, and the kind that is allowed. */
const KIND = 0o170000;
const PLAIN = 0o100000;

/**
 * A bundle in a zip. Nothing is unpacked yet: the table of contents alone is read.
 *
 * @throws BUNDLE_UNREADABLE, BUNDLE_NAME_INVALID, BUNDLE_TOO_LARGE
 */
export async function openZip(path: string): Promise<BundleSource> {
  // Sizes are counted by whoever reads: the archive's own statements are not believed.
  const zip = await openPromise(path, {
    autoClose: false,
    lazyEntries: true,
    decodeStrings: false,
    validateEntrySizes: false,
  });
  // What goes wrong is thrown where it is waited for; nobody is left to hear of it afterwards.
  zip.on('error', () => {});
  try {
    const entries = await list(zip);
    return {
      sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
      chunks: name => readChunks(zip, name, entries.get(name)),
      close: async () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function list(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MAX_FILES) throw tooManyFiles();
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    // The raw bytes: an archive can state a second name, which other programs would show instead.
    const name = entry.fileNameRaw.toString('latin1');
    if (!isBundleName(name)) throw nameInvalid(name, 'has a name that is not allowed');
    const kind = (entry.externalFileAttributes >>> 16) & KIND;
    if (kind !== 0 && kind !== PLAIN) throw nameInvalid(name, 'is a link or not a plain file');
    // SECURITY: of two files with one name, other programs may show the one that was not checked.
    if (entries.has(name)) throw nameInvalid(name, 'stands in the archive twice');
    if (!entry.canDecodeFileData()) {
      throw new BundleError(
        'BUNDLE_UNREADABLE',
        name,
        `The file ${name} is encrypted or packed in an unusual way. Allowed are entries that are stored or deflated, without a password.`,
      );
    }
    entries.set(name, entry);
  }
  return entries;
}

async function* readChunks(zip: ZipFile, name: string, entry: Entry | undefined): AsyncGenerator<Buffer> {
  if (!entry) throw new Error(`no entry ${name}`);
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new BundleError(
      'BUNDLE_FILE_CHANGED',
      name,
      `The file ${name} cannot be unpacked: its bytes were changed. Copy the bundle again.`,
    );
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
