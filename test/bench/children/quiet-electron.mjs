/**
 * Electron without any window: what the built main process calls at its start does nothing, and its handlers are kept
 * for whoever measures how soon they answer.
 */
import { EventEmitter } from 'node:events';

/** Anything may be called or read of it. */
const nothing = new Proxy(() => {}, {
  get: (_target, name) => (name === 'then' || name === Symbol.toPrimitive ? undefined : nothing),
  apply: () => nothing,
});

const mainFrame = { parent: null, url: 'app://keysmith/index.html' };
const webContents = Object.assign(new EventEmitter(), { send: () => {}, mainFrame });

/** Calls a verb of the contract as the page would. */
export const handlers = new Map();
export const call = (channel, request) =>
  handlers.get(channel)({ sender: webContents, senderFrame: mainFrame }, request);

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  commandLine: { hasSwitch: () => false },
  setName: () => {},
  setPath: () => {},
  getPath: () => process.cwd(),
  getName: () => 'Keysmith',
  getVersion: () => '0.0.0',
  requestSingleInstanceLock: () => true,
  enableSandbox: () => {},
  whenReady: async () => {},
  setAboutPanelOptions: () => {},
  getAppPath: () => process.cwd(),
  quit: () => {},
  exit: code => process.exit(code),
});
export class BrowserWindow extends EventEmitter {
  webContents = webContents;
  isDestroyed = () => false;
  loadURL = async () => {};
  show = () => {};
}
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (channel, handler) => handlers.set(channel, handler),
});
const display = { id: 1, workArea: { x: 0, y: 0, width: 1280, height: 800 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };
export const nativeTheme = { shouldUseDarkColors: false };
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 });
export const session = nothing;
export const protocol = nothing;
export const Menu = nothing;
export const Notification = nothing;
export const ClipboardItem = nothing;
export const clipboard = nothing;
export const dialog = nothing;
export const shell = nothing;
export default { app, ipcMain, shell };
