import { BrowserWindow, nativeTheme, type Session, screen } from 'electron';
import type { EventName, Events } from '../../preload/contract.ts';
import { APP_URL } from './app-files.ts';
import { LEAST_SIZE, placeWindow, type WindowPlace } from './window-place.ts';

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
  /** Where it was; undefined before it was closed for the first time. */
  readonly place?: WindowPlace | undefined;
  /** Where it is when it closes. */
  readonly onPlace?: (place: WindowPlace) => void;
  /** How large the page is shown; 1: as it was made. */
  readonly zoom?: number;
}

const BACKGROUND = { light: '#ffffff', dark: '#12151c' } as const;

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { session, preload, packaged, mustAsk, place, onPlace, zoom = 1 } = options;
  const window = new BrowserWindow({
    title: 'Keysmith',
    ...placeWindow(place, screenAreas()),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
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
      zoomFactor: zoom,
    },
  });
  if (place?.maximized) window.once('ready-to-show', () => window.maximize());
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
    if (!closing && mustAsk()) {
      event.preventDefault();
      main.send('close-requested', null);
    } else onPlace?.({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reloadAfterCrash(main);
  load(window);
  return main;
}

/** What each screen has free for windows, the main one first. */
function screenAreas() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
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
