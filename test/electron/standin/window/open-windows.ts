import type { BrowserWindow } from './browser-window.ts';

/** Every window that is not closed, in the order of creation. */
export const openWindows = new Set<BrowserWindow>();
