/**
 * `npm start`: the app on Electron. Where Electron's binary is not there and cannot be fetched, on the stand-in with a
 * visible Chromium; where there is no display, nothing but a line that says what to do instead.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../electron/standin/browser/find-chromium.ts';

const ROOT = join(import.meta.dirname, '../..');
const ELECTRON = join(ROOT, 'node_modules/electron');
const STAND_IN = join(ROOT, 'test/electron/dist/electron');
/** How long a download may take, in milliseconds, before it counts as impossible. */
const FETCH_TIME = 5 * 60_000;

function electronBinary(): string | undefined {
  const name = join(ELECTRON, 'path.txt');
  if (!existsSync(name)) return undefined;
  const binary = join(ELECTRON, 'dist', readFileSync(name, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

function fetchElectron(): string | undefined {
  spawnSync(process.execPath, [join(ELECTRON, 'install.js')], { stdio: 'ignore', timeout: FETCH_TIME });
  return electronBinary();
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function hasChromium(): boolean {
  try {
    findChromium();
    return true;
  } catch {
    return false;
  }
}

function run(command: string, env: NodeJS.ProcessEnv = process.env): void {
  const child = spawn(command, ['.', ...process.argv.slice(2)], { cwd: ROOT, env, stdio: 'inherit' });
  child.on('exit', code => {
    process.exitCode = code ?? 1;
  });
}

if (!hasDisplay()) {
  console.log('There is no display here. The same work is done by the command line: npx keysmith --help');
} else {
  const binary = electronBinary() ?? fetchElectron();
  if (binary) {
    run(binary);
  } else if (process.platform !== 'win32' && hasChromium()) {
    console.log(
      'Electron’s binary is not here and cannot be fetched: this is a preview on a stand-in, in a Chromium window.',
    );
    run(STAND_IN, { ...process.env, KEYSMITH_STANDIN_VISIBLE: '1' });
  } else {
    console.log(
      'Electron’s binary is not here and cannot be fetched, and there is no Chromium either. The command line works: npx keysmith --help',
    );
    process.exitCode = 1;
  }
}
