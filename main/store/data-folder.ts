import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import { whyNotWritten } from './file-reasons.ts';
import { DATABASE_FILE } from './open-database.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder of one installation: `KEYSMITH_HOME`, or the platform's per-user application-data folder, the same for
 * desktop and command line (where Electron's `appData` points).
 */
export function dataFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (env.KEYSMITH_HOME) return resolve(env.KEYSMITH_HOME);
  switch (platform) {
    case 'win32':
      return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Keysmith');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Keysmith');
    default:
      // The XDG specification says that a relative path counts as none.
      return join(
        isAbsolute(env.XDG_CONFIG_HOME ?? '') ? (env.XDG_CONFIG_HOME ?? '') : join(home(), '.config'),
        'Keysmith',
      );
  }
}

/** The user's home, also where HOME is empty or no path. */
function home(): string {
  return isAbsolute(homedir()) ? homedir() : userInfo().homedir;
}

/** Where the database is in a data folder. */
export function databasePath(folder: string): string {
  return join(folder, DATABASE_FILE);
}

/**
 * Makes the folder for a new installation, or takes an empty one; nobody but its owner may look into it.
 *
 * @throws STORE_READ_ONLY when it cannot be made, STORE_UNSAFE when it is in use and open to others
 */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    if (!isOpenToOthers(folder)) return;
    // `desktop` is the window's own, made before there is an installation.
    if (readdirSync(folder).every(name => name === 'desktop')) {
      chmodSync(folder, 0o700);
      return;
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw new KeysmithError(
      'STORE_READ_ONLY',
      `The data folder ${folder} cannot be made or used: ${whyNotWritten(code)}. Choose another one with KEYSMITH_HOME.`,
      { cause },
    );
  }
  throw new KeysmithError(
    'STORE_UNSAFE',
    `The folder ${folder} holds other files and is open to other users. Choose a folder of Keysmith's own, or make it private (mode 0700).`,
  );
}

/** Closes the folder of an existing installation to others, should someone have opened it. */
export function protectDataFolder(folder: string): void {
  if (existsSync(folder) && isOpenToOthers(folder)) chmodSync(folder, 0o700);
}

function isOpenToOthers(folder: string): boolean {
  return process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0;
}
