import type { MenuItemConstructorOptions } from 'electron';
import { app } from '../app/app.ts';
import type { BrowserWindow } from '../window/browser-window.ts';
import type { WebContents } from '../window/web-contents.ts';

interface Role {
  readonly label: string;
  readonly accelerator?: string;
  /** Absent where Chromium handles the key itself, as it does for copy and paste. */
  readonly run?: (window: BrowserWindow | undefined, contents: WebContents | undefined) => void;
  readonly submenu?: readonly MenuItemConstructorOptions[];
}

const zoomBy = (levels: number) => (_window: unknown, contents: WebContents | undefined) =>
  contents?.setZoomLevel(contents.getZoomLevel() + levels);

const separator = { type: 'separator' } as const;

/** Electron's menu roles on Linux, as far as they are modelled. Keys are role names in lower case. */
const roles: Record<string, Role> = {
  undo: { label: 'Undo', accelerator: 'CommandOrControl+Z' },
  redo: { label: 'Redo', accelerator: 'Shift+CommandOrControl+Z' },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X' },
  copy: { label: 'Copy', accelerator: 'CommandOrControl+C' },
  paste: { label: 'Paste', accelerator: 'CommandOrControl+V' },
  pasteandmatchstyle: { label: 'Paste and Match Style', accelerator: 'Shift+CommandOrControl+V' },
  delete: { label: 'Delete' },
  selectall: { label: 'Select All', accelerator: 'CommandOrControl+A' },
  about: { label: 'About', run: () => app.showAboutPanel() },
  help: { label: 'Help' },
  window: { label: 'Window' },
  quit: { label: 'Quit', accelerator: 'CommandOrControl+Q', run: () => app.quit() },
  close: { label: 'Close Window', accelerator: 'CommandOrControl+W', run: window => window?.close() },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', run: window => window?.minimize() },
  reload: {
    label: 'Reload',
    accelerator: 'CommandOrControl+R',
    run: (_window, contents) => contents?.reload(),
  },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CommandOrControl+R',
    run: (_window, contents) => contents?.reloadIgnoringCache(),
  },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: 'Control+Shift+I',
    run: (_window, contents) => contents?.toggleDevTools(),
  },
  resetzoom: {
    label: 'Actual Size',
    accelerator: 'CommandOrControl+0',
    run: (_window, contents) => contents?.setZoomLevel(0),
  },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', run: zoomBy(0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', run: zoomBy(-0.5) },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: 'F11',
    run: window => window?.setFullScreen(!window.isFullScreen()),
  },
  filemenu: { label: 'File', submenu: [{ role: 'quit' }] },
  editmenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      separator,
      { role: 'selectAll' },
    ],
  },
  viewmenu: {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'forceReload' },
      { role: 'toggleDevTools' },
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  },
  windowmenu: { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
};

/** Undefined for a role that is not modelled. */
export function findRole(name: string): Role | undefined {
  return roles[name.toLowerCase()];
}
