import { BundleError, shown } from './bundle-error.ts';

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.jws';

/** How many files a bundle may have; each status list of 2^20 tokens is one. */
export const MAX_FILES = 10_000;

/** The files of a bundle, in a folder or in a zip. Nothing of it is believed yet. */
export interface BundleSource {
  /** Names with the sizes, in bytes, that the folder or the archive states. */
  readonly sizes: ReadonlyMap<string, number>;
  /**
   * Reads one file from its start. A buffer is only good until the next one is asked for. There may be more or fewer
   * bytes than stated: count them.
   *
   * @throws BUNDLE_UNREADABLE, BUNDLE_FILE_CHANGED
   */
  chunks(name: string): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

const NAME = /^(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]{1,64}(?:\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,64})?$/;

/** SECURITY: nothing absolute, no `..`, no backslash, no control character: a name never leads out of the bundle. */
export function isBundleName(name: string): boolean {
  return NAME.test(name);
}

/** A name that no bundle has. @param why the rest of the sentence after the name */
export function nameInvalid(name: string, why: string): BundleError {
  return new BundleError(
    'BUNDLE_NAME_INVALID',
    shown(name),
    `The bundle has an entry "${shown(name)}" that ${why}. Allowed are plain files named with letters, digits, dot, hyphen and underscore, in the bundle or one folder below.`,
  );
}

export function tooManyFiles(): BundleError {
  return new BundleError(
    'BUNDLE_TOO_LARGE',
    null,
    `The bundle has more than ${MAX_FILES} files, which no export has. Use the folder or the zip as it was exported.`,
  );
}
