import type { AboutPanelOptionsOptions } from 'electron';
import { journal } from '../journal.ts';
import { preventableEvent } from '../preventable-event.ts';
import { StrictEmitter } from '../strict.ts';
import { openWindows } from '../window/open-windows.ts';
import { commandLine } from './command-line.ts';
import { electronVersion, type Manifest } from './manifest.ts';
import { Paths } from './paths.ts';
import { Quitting } from './quitting.ts';
import { type SecondStart, SingleInstanceLock } from './single-instance.ts';

const events = [
  'will-finish-launching',
  'ready',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'activate',
  'second-instance',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'web-contents-created',
  'render-process-gone',
  'child-process-gone',
];

// State of the app that the stand-in sets from outside the class, so that `app` itself has only Electron's members.
const readiness = Promise.withResolvers<void>();
let ready = false;
let manifest: Pick<Manifest, 'version' | 'folder'> = { version: electronVersion, folder: process.cwd() };

/** Electron's `app`. */
class App extends StrictEmitter {
  readonly commandLine = commandLine;
  readonly isPackaged = false;
  name = 'Electron';
  readonly #paths = new Paths(() => this.name);
  readonly #lock = new SingleInstanceLock();

  constructor() {
    super('app', events);
  }

  whenReady(): Promise<void> {
    return readiness.promise;
  }
  isReady(): boolean {
    return ready;
  }

  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return manifest.version;
  }
  getAppPath(): string {
    return manifest.folder;
  }
  getLocale(): string {
    return commandLine.getSwitchValue('lang') || 'en-US';
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }
  getPath(name: string): string {
    return this.#paths.get(name);
  }
  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder);
  }
  setAppLogsPath(folder?: string): void {
    if (folder !== undefined) this.#paths.set('logs', folder);
  }

  quit(): void {
    quitting.quit();
  }
  exit(code = 0): never {
    return quitting.exit(code);
  }
  focus(): void {
    [...openWindows].at(-1)?.focus();
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    const message = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.#lock.request(this.getPath('userData'), message, start => void this.#announce(start));
  }
  hasSingleInstanceLock(): boolean {
    return this.#lock.held;
  }
  releaseSingleInstanceLock(): void {
    this.#lock.release();
  }

  /** Windows here are always sandboxed. */
  enableSandbox(): void {
    if (ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  setAppUserModelId(_id: string): void {}
  disableHardwareAcceleration(): void {}
  setAboutPanelOptions(options: AboutPanelOptionsOptions): void {
    journal.aboutPanel = options;
  }
  showAboutPanel(): void {
    journal.aboutPanelsShown += 1;
  }

  /** Electron promises that `second-instance` comes after `ready`. */
  async #announce({ argv, workingDirectory, additionalData }: SecondStart): Promise<void> {
    await this.whenReady();
    this.emit('second-instance', preventableEvent({}), argv, workingDirectory, additionalData);
  }
}

export const app = new App();

/** The way out, which windows take part in. */
export const quitting = new Quitting((event, ...args) => app.emit(event, ...args));

/** Gives `app` the name, version and folder of the app it runs. */
export function adopt(found: Manifest): void {
  manifest = found;
  app.name = found.name;
}

/** Lets the app go: from here on it may open windows. */
export function becomeReady(): void {
  ready = true;
  app.emit('will-finish-launching');
  app.emit('ready', preventableEvent({}), {});
  readiness.resolve();
}

/** @throws when something is asked for that Electron allows only once it is ready. */
export function requireReady(what: string): void {
  if (!ready) throw new Error(`${what} before app is ready`);
}
