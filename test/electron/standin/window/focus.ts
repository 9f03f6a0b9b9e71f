import { app } from '../app/app.ts';
import { preventableEvent } from '../preventable-event.ts';
import type { BrowserWindow } from './browser-window.ts';
import { openWindows } from './open-windows.ts';

let focused: BrowserWindow | undefined;

/** The window with the focus. Headless Chromium has no such thing, so it is kept here. */
export function focusedWindow(): BrowserWindow | undefined {
  return focused;
}

export function giveFocus(window: BrowserWindow | undefined): void {
  const before = focused;
  if (before === window) return;
  focused = window;
  if (before) {
    before.emit('blur', preventableEvent({}));
    app.emit('browser-window-blur', preventableEvent({}), before);
  }
  if (window) {
    window.emit('focus', preventableEvent({}));
    app.emit('browser-window-focus', preventableEvent({}), window);
  }
}

/** Takes the focus from a window that goes out of sight; the youngest visible one gets it, as on a desktop. */
export function passFocusOn(from: BrowserWindow): void {
  if (focused !== from) return;
  giveFocus(
    [...openWindows].findLast(window => window !== from && window.isVisible() && !window.isMinimized()),
  );
}
