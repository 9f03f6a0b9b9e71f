import { createWriteStream, globSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { ZipFile } from 'yazl';

/** When every packed file says that it was changed, so that the same files make the same archive. */
const CHANGED = new Date(Date.UTC(2000, 0, 1));

/** Packs a folder, under its own name, as .tar.gz or .zip; the same content makes the same bytes. */
export async function writeArchive(folder: string, file: string): Promise<void> {
  const parent = dirname(folder);
  const paths = globSync(`${basename(folder)}/**/*`, { cwd: parent })
    .filter(path => statSync(join(parent, path)).isFile())
    .map(path => path.replaceAll('\\', '/'))
    .sort();
  if (file.endsWith('.zip')) return writeZip(parent, paths, file);
  // "Portable" leaves out who owned a file and when it was read.
  await create({ cwd: parent, file, gzip: true, portable: true, mtime: CHANGED }, paths);
}

async function writeZip(parent: string, paths: readonly string[], file: string): Promise<void> {
  const zip = new ZipFile();
  for (const path of paths) {
    const { mode } = statSync(join(parent, path));
    zip.addFile(join(parent, path), path, { mtime: CHANGED, mode: mode & 0o111 ? 0o100755 : 0o100644 });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}
