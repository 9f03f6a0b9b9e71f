import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { notModelled } from '../strict.ts';

/** Options that are honoured, or that change nothing a page or a test could see. */
const modelledOptions = new Set(
  `x y width height center useContentSize minWidth minHeight maxWidth maxHeight resizable minimizable maximizable
   closable fullscreenable movable show title backgroundColor icon autoHideMenuBar paintWhenInitiallyHidden
   webPreferences`.split(/\s+/),
);

const modelledPreferences = new Set(
  `preload sandbox contextIsolation nodeIntegration nodeIntegrationInWorker nodeIntegrationInSubFrames webSecurity
   allowRunningInsecureContent experimentalFeatures webviewTag plugins devTools partition session spellcheck
   navigateOnDragDrop safeDialogs backgroundThrottling v8CacheOptions
   zoomFactor`.split(/\s+/),
);

/** What each preference that weakens a window must be, when it is given. */
const required: Partial<Record<keyof WebPreferences, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
};

/**
 * Refuses windows the stand-in could only pretend to make: unknown options, and preferences that give a page more than
 * Chromium gives it here.
 * @throws naming the option.
 */
export function checkWindowOptions(options: BrowserWindowConstructorOptions): void {
  for (const name of Object.keys(options)) {
    if (!modelledOptions.has(name)) throw notModelled(`the BrowserWindow option ${name}`);
  }
  for (const name of Object.keys(options.webPreferences ?? {})) {
    if (!modelledPreferences.has(name)) throw notModelled(`the web preference ${name}`);
  }
  for (const [name, value] of Object.entries(required)) {
    const given = options.webPreferences?.[name as keyof WebPreferences];
    if (given !== undefined && given !== value) {
      throw new Error(`electron stand-in: a window with ${name}: ${given} is refused; it must be ${value}`);
    }
  }
}
