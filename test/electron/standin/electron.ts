/**
 * What `import … from 'electron'` and `require('electron')` give in the main process. Modules the app must not count
 * on here can be imported, so that one unused name does not stop the app, and throw when used.
 */
import { app } from './app/app.ts';
import { ClipboardItem, clipboard } from './desktop/clipboard.ts';
import { dialog } from './desktop/dialog.ts';
import { nativeImage } from './desktop/native-image.ts';
import { nativeTheme } from './desktop/native-theme.ts';
import { Notification } from './desktop/notification.ts';
import { powerMonitor } from './desktop/power-monitor.ts';
import { screen } from './desktop/screen.ts';
import { shell } from './desktop/shell.ts';
import { systemPreferences } from './desktop/system-preferences.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { Menu, MenuItem } from './menu/menu.ts';
import { session } from './net/session.ts';
import { missingModule, strictObject } from './strict.ts';
import { contentsByTarget } from './window/all-web-contents.ts';
import { BrowserWindow } from './window/browser-window.ts';

const { protocol } = session.defaultSession;

/** Playwright finds the page of a window, and the window of a page, through this module. */
const webContents = strictObject('webContents', {
  fromDevToolsTargetId: (targetId: string) => contentsByTarget.get(targetId),
  fromId: (id: number) => [...contentsByTarget.values()].find(contents => contents.id === id),
  getAllWebContents: () => [...contentsByTarget.values()],
  getFocusedWebContents: () => BrowserWindow.getFocusedWindow()?.webContents ?? null,
});

const autoUpdater = missingModule('autoUpdater');
const BaseWindow = missingModule('BaseWindow');
const contentTracing = missingModule('contentTracing');
const crashReporter = missingModule('crashReporter');
const desktopCapturer = missingModule('desktopCapturer');
const globalShortcut = missingModule('globalShortcut');
const MessageChannelMain = missingModule('MessageChannelMain');
const net = missingModule('net');
const netLog = missingModule('netLog');
const powerSaveBlocker = missingModule('powerSaveBlocker');
const safeStorage = missingModule('safeStorage');
const Tray = missingModule('Tray');
const utilityProcess = missingModule('utilityProcess');
const webFrameMain = missingModule('webFrameMain');
const WebContentsView = missingModule('WebContentsView');

const electron = strictObject('electron', {
  ...{
    app,
    BrowserWindow,
    ClipboardItem,
    clipboard,
    dialog,
    ipcMain,
    Menu,
    MenuItem,
    nativeImage,
    nativeTheme,
  },
  ...{ Notification, powerMonitor, protocol, screen, session, shell, systemPreferences, webContents },
  ...{
    autoUpdater,
    BaseWindow,
    contentTracing,
    crashReporter,
    desktopCapturer,
    globalShortcut,
    MessageChannelMain,
  },
  ...{ net, netLog, powerSaveBlocker, safeStorage, Tray, utilityProcess, webFrameMain, WebContentsView },
});

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  WebContentsView,
  webContents,
  webFrameMain,
};

export default electron;

// What require() gives instead of the namespace: an object that throws for names Electron has and this has not.
export { electron as 'module.exports' };
