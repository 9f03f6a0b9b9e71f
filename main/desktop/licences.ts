import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, shell } from 'electron';

/** The licences of all that is packed with Keysmith; where it is not packed, its own. */
function licenceFile(): string | undefined {
  const { resourcesPath } = process;
  return [
    // Outside Electron there is no such folder.
    ...(resourcesPath === undefined ? [] : [join(resourcesPath, 'THIRD-PARTY-LICENSES.txt')]),
    join(app.getAppPath(), 'LICENSE'),
  ].find(path => existsSync(path));
}

/** Opens the licences in the system's own viewer. */
export async function openLicences(): Promise<void> {
  const path = licenceFile();
  const failure = path === undefined ? 'their file is missing' : await shell.openPath(path);
  if (failure !== '') process.stderr.write(`The licences cannot be shown: ${failure}\n`);
}
