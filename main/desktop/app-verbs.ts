import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type AppHandlers = Pick<
  Handlers,
  'app:state' | 'app:retry' | 'app:create-installation' | 'app:unlock' | 'window:close'
>;

export function appVerbs({ sessions, updating, closeWindow }: DesktopContext): AppHandlers {
  return {
    'app:state': () => {
      // A page that was not there when it began sees how far it is, and waits.
      updating.repeat();
      return sessions.state();
    },
    'app:retry': () => sessions.retry(),
    'app:create-installation': request => sessions.createInstallation(request),
    'app:unlock': ({ passphrase, operator }) => sessions.unlock(passphrase, operator),
    'window:close': () => {
      closeWindow();
      return null;
    },
  };
}
