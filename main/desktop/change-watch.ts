import { KeysmithError } from '../keys/errors.ts';
import type { Session } from '../trust/session.ts';
import type { AppSession } from './app-session.ts';

/** How soon a change by another process shows, in milliseconds. */
const INTERVAL = 250;
/** How often changes show that come one after the other, as from a bulk issue: each has the window ask for everything. */
const SLOW_INTERVAL = 1000;

/**
 * Looks whether another process changed the database (`data_version` is SQLite's own counter of that), or whether it is
 * still there at all: what the window shows must not outlive it.
 *
 * @param busy whether a thread of this process may be writing: looks are rarer then
 */
export function watchChanges(
  sessions: AppSession,
  onChanged: () => void,
  busy: () => boolean = () => false,
): { stop(): void } {
  let displaced: Session | undefined;
  let seen: { readonly session: unknown; readonly version: unknown } | undefined;
  let told = 0;
  const timer = setInterval(() => {
    if (busy() && performance.now() - told < SLOW_INTERVAL) return;
    const session = sessions.current();
    if (!session) {
      seen = undefined;
      return;
    }
    if (session === displaced) return;
    if (!isInPlace(session)) {
      displaced = session;
      onChanged();
      return;
    }
    let version: unknown;
    try {
      version = session.store.connection.db.pragma('data_version', { simple: true });
    } catch {
      // A database that cannot be read now says so to whoever asks for its keys; the next look may succeed.
      return;
    }
    if (seen?.session === session && seen.version !== version) {
      told = performance.now();
      onChanged();
    }
    seen = { session, version };
  }, INTERVAL);
  return { stop: () => clearInterval(timer) };
}

function isInPlace({ store }: Session): boolean {
  try {
    store.requireInPlace();
    return true;
  } catch (error) {
    if (error instanceof KeysmithError) return false;
    throw error;
  }
}
