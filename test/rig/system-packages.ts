import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasPythonModule } from './python.ts';

/** Other people's software that tests talk to, by Debian's names, each with a look whether it is here. */
const PACKAGES: readonly (readonly [name: string, isHere: () => boolean])[] = [
  ['chromium', () => isCommand('chromium') || isCommand('chromium-browser') || isCommand('google-chrome')],
  ['dbus', () => isCommand('dbus-run-session')],
  ['gnome-keyring', () => isCommand('gnome-keyring-daemon')],
  ['libsecret-1-0', hasLibsecret],
  ['haproxy', () => isCommand('haproxy')],
  ['age', () => isCommand('age')],
  ['python3', () => isCommand('python3')],
  ['python3-jwt', () => hasPythonModule('jwt')],
  ['python3-cryptography', () => hasPythonModule('cryptography')],
  ['xvfb', () => isCommand('Xvfb')],
  ['sqlite3', () => isCommand('sqlite3')],
];

/** Whether a command of this name can be run. */
export function isCommand(name: string): boolean {
  // Debian keeps servers in sbin, which is not on everybody's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some(folder => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasLibsecret(): boolean {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return (stdout ?? '').includes('libsecret-1.so.0') || existsSync('/usr/lib/libsecret-1.so.0');
}

/** Linux only: installs what is missing where that may be done, and otherwise prints the one line that does it. */
export function prepareSystem(): void {
  if (process.platform !== 'linux') return;
  const missing = findMissing();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && isCommand('apt-get')) install(missing);
  const still = findMissing();
  if (still.length === 0) return;
  console.log(
    `Some tests need more software and will be skipped. On Debian and Ubuntu this line installs it:\n  sudo apt-get install -y --no-install-recommends ${still.join(' ')}`,
  );
}

function findMissing(): string[] {
  return PACKAGES.filter(([, isHere]) => !isHere()).map(([name]) => name);
}

function install(names: readonly string[]): void {
  console.log(`Installing ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: 'inherit', env });
  }
}
