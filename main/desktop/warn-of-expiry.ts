import type { Clock } from '../keys/ids.ts';
import type { AppSession } from './app-session.ts';
import { countExpiring } from './expiring-keys.ts';
import { tellExpiring } from './notifications.ts';
import type { Settings } from './settings.ts';

/**
 * Has the system say, once in the life of the app, that keys expire soon: when an installation is opened. What is
 * locked says nothing.
 *
 * @param onClick shows these keys
 * @returns called whenever the app may stand elsewhere than before
 */
export function warnOfExpiry(
  sessions: Pick<AppSession, 'current'>,
  settings: Pick<Settings, 'preferences'>,
  clock: Clock,
  onClick: () => void,
): () => void {
  let looked = false;
  return () => {
    const session = sessions.current();
    if (looked || !session) return;
    looked = true;
    const { notifyExpiring, expiryWarning } = settings.preferences();
    if (!notifyExpiring || expiryWarning === 'never') return;
    const keys = session.store.snapshot(reader => countExpiring(reader, expiryWarning, clock()));
    if (keys > 0) tellExpiring(keys, expiryWarning, onClick);
  };
}
