import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { dataFolder } from '../store/data-folder.ts';
import { registerAppScheme } from './app-protocol.ts';
import { denyNavigation } from './lock-down.ts';

/** As `appId` in electron-builder.yml: Windows shows notifications only of whom it knows by the installer's shortcut. */
const APP_ID = 'app.keysmith.desktop';

/** Where Chromium keeps its own files: inside the data folder, so that every installation has one window process. */
export function settleFolders(): string {
  app.setName('Keysmith');
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  const folder = dataFolder(process.env);
  const own = join(folder, 'desktop');
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    app.setPath('userData', own);
  } catch {
    // A folder that cannot be written is explained in the window, which needs a place of its own to say so.
    app.setPath('userData', mkdtempSync(join(tmpdir(), 'keysmith-')));
  }
  return folder;
}

/** SECURITY: a packaged app never lets itself be driven from outside. */
export function refuseRemoteControl(): boolean {
  const driven = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'].some(name =>
    app.commandLine.hasSwitch(name),
  );
  if (!app.isPackaged || !driven) return false;
  process.stderr.write('Keysmith does not start with remote debugging.\n');
  app.exit(1);
  return true;
}

/** One window process for each data folder: a second start hands over to the first, and ends. */
export function claimInstance(): boolean {
  const first = app.requestSingleInstanceLock();
  if (!first) app.quit();
  return first;
}

/** What has to stand before the app is ready. */
export function prepareApp(): void {
  app.enableSandbox();
  registerAppScheme();
  denyNavigation();
}

/** Runs `start` when Electron is ready. Never awaited at the top level: Electron is not ready before that is through. */
export function whenReady(start: () => void): void {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      process.stderr.write(`Keysmith cannot start: ${error instanceof Error ? error.stack : error}\n`);
      app.exit(1);
    });
}
