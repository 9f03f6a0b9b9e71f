import type { BrowserWindow } from 'electron';
import type { AppState } from '../../preload/contract.ts';
import type { Clock } from '../keys/ids.ts';
import type { AppSession } from './app-session.ts';
import type { Counts } from './counts.ts';
import type { Reveals } from './reveals.ts';
import type { RunningExports } from './running-exports.ts';
import type { SecretClipboard } from './secret-clipboard.ts';
import type { Settings } from './settings.ts';
import type { WatchedUpdate } from './watched-update.ts';

/** What the verbs of the window work with. */
export interface DesktopContext {
  readonly sessions: AppSession;
  /** Where all data is. */
  readonly folder: string;
  readonly clock: Clock;
  readonly reveals: Reveals;
  readonly clipboard: SecretClipboard;
  /** After preferences were kept: what goes by them outside the page follows, and the page asks anew. */
  readonly preferencesChanged: () => void;
  readonly settings: Settings;
  readonly exports: RunningExports;
  readonly counts: Counts;
  /** Files and folders that were exported since the app was started. */
  readonly exported: Set<string>;
  /** The program of background threads. */
  readonly worker: URL;
  readonly updating: WatchedUpdate;
  /** Passes a result on after telling the window that something changed. */
  readonly changed: <T>(result: T) => T;
  /** Locks, and says where the app stands then. @throws LOCK_STATE while the lock is off */
  readonly lock: () => Promise<AppState>;
  /** Has the installation replaced by work that goes by `sessions.restore`. */
  readonly replace: <T>(work: () => Promise<T>) => Promise<T>;
  readonly window: () => BrowserWindow;
  /** Closes the window without asking. */
  readonly closeWindow: () => void;
}
