import { BrowserWindow, nativeTheme, type Session } from 'electron';
import type { EventName, Events } from '../../preload/contract.ts';
import { APP_URL } from './app-files.ts';

export interface MainWindow {
  readonly window: BrowserWindow;
  /** Tells the page something; a page that is gone is told nothing. */
  send<E extends EventName>(event: E, payload: Events[E]): void;
  focus(): void;
  /** Loads the page anew: nothing of what it held stays. */
  showAnew(): void;
  /** Closes without asking the page again. */
  close(): void;
}

export interface MainWindowOptions {
  readonly session: Session;
  readonly preload: string;
  readonly packaged: boolean;
  /** Whether a secret is waiting, so that closing has to be asked. */
  readonly mustAsk: () => boolean;
}

const BACKGROUND = { light: '#ffffff', dark: '#12151c' } as const;

export function createMainWindow({ session, preload, packaged, mustAsk }: MainWindowOptions): MainWindow {
  const window = new BrowserWindow({
    title: 'Keysmith',
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    // SECURITY: the page is an ordinary web page: sandboxed, without Node, with a preload in a world of its own.
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !packaged,
      spellcheck: false,
    },
  });
  let closing = false;
  const main: MainWindow = {
    window,
    send(event, payload) {
      if (!window.isDestroyed()) window.webContents.send(event, payload);
    },
    focus() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    showAnew() {
      if (!window.isDestroyed()) load(window);
    },
    close() {
      closing = true;
      window.close();
    },
  };
  window.once('ready-to-show', () => window.show());
  window.on('close', event => {
    if (closing || !mustAsk()) return;
    event.preventDefault();
    main.send('close-requested', null);
  });
  reloadAfterCrash(main);
  load(window);
  return main;
}

/** A load that is cut short, as by closing the window, is no failure of the app. */
function load(window: BrowserWindow): void {
  window.loadURL(APP_URL).catch((error: unknown) => {
    if (!window.isDestroyed())
      process.stderr.write(`The page did not load: ${error instanceof Error ? error.message : error}\n`);
  });
}

const CRASHES_ALLOWED = 3;
const CRASH_WINDOW = 60_000;

/** A page that crashed is loaded anew, and finds its open reveal again; one that keeps crashing is closed. */
function reloadAfterCrash(main: MainWindow): void {
  let crashes: number[] = [];
  main.window.webContents.on('render-process-gone', (_event, { reason }) => {
    process.stderr.write(`The window's process ended: ${reason}\n`);
    const now = Date.now();
    crashes = [...crashes.filter(at => now - at < CRASH_WINDOW), now];
    if (crashes.length > CRASHES_ALLOWED) main.close();
    else if (!main.window.isDestroyed()) load(main.window);
  });
}
