import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium to show windows in: `$CHROMIUM_PATH`, else the first of the usual names on PATH.
 * @throws when there is none, saying how to get one.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.CHROMIUM_PATH;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`electron stand-in: CHROMIUM_PATH is ${chosen}, which cannot be run`);
  }
  const folders = (environment.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  const found = names.flatMap(name => folders.map(folder => path.join(folder, name))).find(isExecutable);
  if (found) return found;
  throw new Error(
    `electron stand-in: found none of ${names.join(', ')} on PATH; install Chromium (on Debian: apt-get install chromium) or set CHROMIUM_PATH`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
