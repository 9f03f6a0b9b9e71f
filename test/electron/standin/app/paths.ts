import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { notModelled } from '../strict.ts';
import { launchArguments } from './command-line.ts';

/** Well-known folders as Electron names them on Linux. */
export class Paths {
  readonly #overrides = new Map<string, string>();
  readonly #appName: () => string;

  /** @param appName read at each use: `userData` follows the app's name until it is set. */
  constructor(appName: () => string) {
    this.#appName = appName;
    const userData = launchArguments.switches.get('user-data-dir');
    if (userData) this.#overrides.set('userData', path.resolve(userData));
  }

  /** @throws for a relative path, as Electron does. */
  set(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.get(name);
    this.#overrides.set(name, folder);
  }

  /** @throws for a name the stand-in does not know. */
  get(name: string): string {
    const folder = this.#overrides.get(name) ?? this.#fallback(name);
    if (name === 'userData') mkdirSync(folder, { recursive: true });
    return folder;
  }

  #fallback(name: string): string {
    const home = os.homedir();
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return process.env.XDG_CONFIG_HOME || path.join(home, '.config');
      case 'userData':
        return path.join(this.get('appData'), this.#appName());
      case 'sessionData':
        return this.get('userData');
      case 'logs':
        return path.join(this.get('userData'), 'logs');
      case 'crashDumps':
        return path.join(this.get('userData'), 'Crashpad');
      case 'temp':
        return os.tmpdir();
      case 'exe':
      case 'module':
        return process.execPath;
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return path.join(home, name.charAt(0).toUpperCase() + name.slice(1));
      default:
        throw notModelled(`app.getPath('${name}')`);
    }
  }
}
