import { app } from 'electron';
import { sqliteVersion } from '../store/sqlite-version.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { openLicences } from './licences.ts';

type AppHandlers = Pick<
  Handlers,
  | 'app:state'
  | 'app:retry'
  | 'app:about'
  | 'app:licences'
  | 'app:create-installation'
  | 'app:unlock'
  | 'window:close'
>;

export function appVerbs({ sessions, folder, updating, closeWindow }: DesktopContext): AppHandlers {
  return {
    'app:state': () => {
      // A page that was not there when it began sees how far it is, and waits.
      updating.repeat();
      return sessions.state();
    },
    'app:retry': () => sessions.retry(),
    'app:about': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chromium: process.versions.chrome ?? '',
      node: process.versions.node,
      sqlite: sqliteVersion(),
      folder,
    }),
    'app:licences': async () => {
      await openLicences();
      return null;
    },
    'app:create-installation': request => sessions.createInstallation(request),
    'app:unlock': ({ passphrase, operator }) => sessions.unlock(passphrase, operator),
    'window:close': () => {
      closeWindow();
      return null;
    },
  };
}
