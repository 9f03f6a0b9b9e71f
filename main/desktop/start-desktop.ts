import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, nativeTheme, session } from 'electron';
import type { AppState } from '../../preload/contract.ts';
import type { Clock } from '../keys/ids.ts';
import { databasePath } from '../store/data-folder.ts';
import { systemKeychain } from '../trust/keychain.ts';
import { serveApp } from './app-protocol.ts';
import { createAppSession } from './app-session.ts';
import { appVerbs } from './app-verbs.ts';
import { auditVerbs } from './audit-verbs.ts';
import { backupVerbs } from './backup-verbs.ts';
import { benchVerbs } from './bench-verbs.ts';
import { bundleVerbs } from './bundle-verbs.ts';
import { watchChanges } from './change-watch.ts';
import { createCounts } from './counts.ts';
import type { DesktopContext } from './desktop-context.ts';
import { exportVerbs } from './export-verbs.ts';
import { headKeeper } from './head-keeper.ts';
import { importVerbs } from './import-verbs.ts';
import { indexLeftTexts } from './index-left-texts.ts';
import { hostContract } from './ipc-host.ts';
import { keyVerbs } from './key-verbs.ts';
import { openLicences } from './licences.ts';
import { listVerbs } from './list-verbs.ts';
import { createAppLock } from './lock-app.ts';
import { lockDownSession } from './lock-down.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { setUpMenu } from './menu.ts';
import { tellForgotten } from './notifications.ts';
import { operatorVerbs } from './operator-verbs.ts';
import { revealVerbs } from './reveal-verbs.ts';
import { createReveals } from './reveals.ts';
import { createRunningExports } from './running-exports.ts';
import { createSecretClipboard } from './secret-clipboard.ts';
import { lockBySelf } from './self-lock.ts';
import { serviceVerbs } from './service-verbs.ts';
import { openSettings } from './settings.ts';
import { settingsVerbs } from './settings-verbs.ts';
import { signingKeyVerbs } from './signing-key-verbs.ts';
import { warnOfExpiry } from './warn-of-expiry.ts';
import { watchedUpdate } from './watched-update.ts';
import { followZoom } from './zoom.ts';

const DIST = join(import.meta.dirname, '..');
const clock: Clock = () => Math.floor(Date.now() / 1000);

/** Everything from the ready app to its window. */
export function startDesktop(folder: string): void {
  let showMenu: ReturnType<typeof setUpMenu>;
  let main: MainWindow;
  const worker = pathToFileURL(join(DIST, 'main', 'worker.js'));
  // Nothing is told before the window is there: a thread's messages wait for this one.
  const updating = watchedUpdate(worker, stage => main.send('update-progress', stage));
  const sessions = createAppSession(
    { folder, keychain: systemKeychain(), clock, random: randomBytes, update: updating.update },
    // Nobody asks for the state before the page, which comes after the menu.
    state => {
      stands = state;
      followState();
      indexLeft();
      trying('Nobody was told of keys that expire', warn);
    },
  );
  let stands: AppState | null = null;
  // What goes wrong beside the window must not keep it from its answer.
  const followState = () =>
    trying('The menu is not as it should be', () =>
      showMenu(stands, sessions.current()?.store.services() ?? []),
    );
  /** Before there is an installation, nothing is left in a folder that somebody else may have meant for something. */
  const isOurs = () => existsSync(databasePath(folder));
  const indexLeft = indexLeftTexts(sessions, worker);
  const head = headKeeper(sessions);
  const tellChanged = () => {
    head.changed();
    followState();
    main.send('changed', null);
  };
  const reveals = createReveals({
    // Nothing that records the screen sees a window that may show a secret.
    onShown: shown => main.window.isDestroyed() || main.window.setContentProtection(shown),
    onExpired: reveal => {
      tellForgotten(reveal);
      tellChanged();
    },
  });
  const settings = openSettings(folder, () => main?.send('settings-noticed', null));
  const clipboard = createSecretClipboard(
    () => main.send('clipboard-cleared', null),
    () => settings.preferences().clipboardSeconds,
  );
  const warn = warnOfExpiry(sessions, settings, clock, () => {
    main.focus();
    main.send('command', 'review-expiring');
  });
  const exports = createRunningExports(progress => main.send('export-progress', progress));
  const counts = createCounts(pathToFileURL(join(DIST, 'main', 'counts-worker.js')));
  const appLock = createAppLock({
    sessions,
    putAway: [reveals.clear, clipboard.clear, exports.stop, counts.stop, head.stop],
    showAnew: () => main.showAnew(),
    report,
  });
  const context: DesktopContext = {
    sessions,
    folder,
    clock,
    reveals,
    clipboard,
    settings,
    preferencesChanged: () => main.send('changed', null),
    exports,
    counts,
    exported: new Set(),
    worker,
    updating,
    changed: result => {
      tellChanged();
      return result;
    },
    lock: appLock.lock,
    replace: appLock.replace,
    window: () => main.window,
    closeWindow: () => main.close(),
  };

  // Nothing of the page is kept on the disk: the session lives in memory.
  const pageSession = session.fromPartition('keysmith');
  lockDownSession(pageSession);
  serveApp(pageSession, join(DIST, 'renderer'));
  hostContract(
    {
      ...appVerbs(context),
      ...serviceVerbs(context),
      ...listVerbs(context),
      ...keyVerbs(context),
      ...revealVerbs(context),
      ...signingKeyVerbs(context),
      ...exportVerbs(context),
      ...importVerbs(context),
      ...backupVerbs(context),
      ...bundleVerbs(context),
      ...benchVerbs(context),
      ...auditVerbs(context),
      ...settingsVerbs(context),
      ...operatorVerbs(context),
    },
    event => !main.window.isDestroyed() && event.sender === main.window.webContents,
  );
  // Before the window is there, so that it opens in the right colours.
  nativeTheme.themeSource = settings.preferences().theme;
  main = createMainWindow({
    session: pageSession,
    preload: join(DIST, 'preload', 'index.cjs'),
    packaged: app.isPackaged,
    mustAsk: () => reveals.current() !== undefined,
    place: settings.windowPlace(),
    onPlace: place => isOurs() && settings.keepWindowPlace(place),
    zoom: settings.zoom(),
  });
  app.setAboutPanelOptions({
    applicationName: 'Keysmith',
    applicationVersion: app.getVersion(),
    copyright: 'The Keysmith authors. Apache-2.0.',
  });
  showMenu = setUpMenu({
    platform: process.platform,
    packaged: app.isPackaged,
    command: command => main.send('command', command),
    showService: slug => main.send('show-service', slug),
    zoom: followZoom(main.window.webContents, factor => isOurs() && settings.keepZoom(factor)),
    licences: () => void openLicences(),
  });
  followState();
  const watch = watchChanges(
    sessions,
    () => {
      if (sessions.current()?.outlived) appLock.follow();
      else tellChanged();
    },
    exports.any,
  );
  const selfLock = lockBySelf({
    minutes: () => settings.preferences().lockAfterMinutes,
    busy: () => reveals.current() !== undefined || exports.any(),
    lock: appLock.lockQuietly,
  });
  app.on('second-instance', () => main.focus());
  quitInOrder(async () => {
    updating.stop();
    watch.stop();
    selfLock.stop();
    reveals.clear();
    await Promise.all([exports.stop(), counts.stop()]);
    // Each for itself: a clipboard that does not answer must not keep the log's head from being saved.
    const ended = await Promise.allSettled([clipboard.clear(), head.stop().then(() => sessions.close())]);
    for (const end of ended)
      if (end.status === 'rejected') report('Keysmith did not end in order', end.reason);
  });
}

/** Lets the last work finish before the process ends: the clipboard is cleared, the audit head saved. */
function quitInOrder(finish: () => Promise<void>): void {
  let state: 'running' | 'finishing' | 'finished' = 'running';
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', event => {
    if (state === 'finished') return;
    event.preventDefault();
    // Asked to quit a second time meanwhile, it is still the first that is waited for.
    if (state === 'finishing') return;
    state = 'finishing';
    void finish().finally(() => {
      state = 'finished';
      app.quit();
    });
  });
}

function trying(what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    report(what, error);
  }
}

function report(what: string, error: unknown): void {
  process.stderr.write(`${what}: ${error instanceof Error ? error.message : error}\n`);
}
