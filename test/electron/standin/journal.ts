import type { AboutPanelOptionsOptions, Notification } from 'electron';

/**
 * What the stand-in would have done to the desktop, for tests to read in the main process:
 * `Reflect.get(globalThis, Symbol.for('electron-standin'))`. Real Electron has no such thing, so a spec
 * that must pass on both stubs the API instead.
 */
export interface Journal {
  /** Notifications shown, oldest first. */
  readonly notifications: Notification[];
  /** Arguments of `shell.openPath`. */
  readonly openedPaths: string[];
  /** Arguments of `shell.showItemInFolder`. */
  readonly itemsShownInFolder: string[];
  /** URLs the network gate refused because no handler serves their scheme. */
  readonly blockedRequests: string[];
  /** Titles and contents given to `dialog.showErrorBox`. */
  readonly errorBoxes: { readonly title: string; readonly content: string }[];
  aboutPanel: AboutPanelOptionsOptions | undefined;
  /** How often `app.showAboutPanel` was called, by the app or by the menu's role. */
  aboutPanelsShown: number;
  /** The running Chromium: process ID of its keeper, and its temporary profile folder. */
  chromium: { readonly pid: number; readonly profile: string } | undefined;
}

export const journal: Journal = {
  notifications: [],
  openedPaths: [],
  itemsShownInFolder: [],
  blockedRequests: [],
  errorBoxes: [],
  aboutPanel: undefined,
  aboutPanelsShown: 0,
  chromium: undefined,
};

Object.defineProperty(globalThis, Symbol.for('electron-standin'), { value: journal });
