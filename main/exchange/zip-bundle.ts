import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { fileError } from '../store/durable-file.ts';

/**
 * What every entry carries, so that the same files give the same bytes: the earliest time that a .zip can say. It says
 * local time, and a running program may be taken to another time zone.
 */
const entryOptions = () => ({ mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true });

/** The first file that is made at the end. */
const FIRST_SIGNED = 'manifest.json';

/**
 * Writes a bundle's folder into one new .zip and returns when it is on the disk.
 *
 * @param large the files that are there already and take the most room
 * @param finish makes the rest once the large ones are written, and names them: what fails for want of room has failed
 *   by then, and no number was given for nothing
 * @throws FILE_EXISTS, FILE_UNWRITABLE, and whatever `finish` throws
 */
export async function zipBundle(
  path: string,
  folder: string,
  large: readonly string[],
  finish: () => readonly string[],
): Promise<void> {
  const zip = new ZipFile();
  const entry = entryOptions();
  const failed = new AbortController();
  zip.on('error', error => failed.abort(error));
  const add = (names: readonly string[]) => {
    for (const name of names) zip.addFile(join(folder, name), name, entry);
  };
  add(large);
  zip.addReadStreamLazy(FIRST_SIGNED, entry, give => {
    try {
      add(finish().filter(name => name !== FIRST_SIGNED));
      zip.end();
      give(null, createReadStream(join(folder, FIRST_SIGNED)));
    } catch (error) {
      failed.abort(error);
    }
  });
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(zip.outputStream, file, { signal: failed.signal });
  } catch (error) {
    throw fileError(path, failed.signal.aborted ? failed.signal.reason : error);
  }
}
