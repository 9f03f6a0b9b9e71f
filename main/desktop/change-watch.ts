import type { AppSession } from './app-session.ts';

/** How soon a change by another process shows, in milliseconds. */
const INTERVAL = 250;

/** Looks whether another process changed the database (`data_version` is SQLite's own counter of that). */
export function watchChanges(sessions: AppSession, onChanged: () => void): { stop(): void } {
  let seen: { readonly session: unknown; readonly version: unknown } | undefined;
  const timer = setInterval(() => {
    const session = sessions.current();
    if (!session) {
      seen = undefined;
      return;
    }
    let version: unknown;
    try {
      version = session.store.connection.db.pragma('data_version', { simple: true });
    } catch {
      // A database that cannot be read now says so to whoever asks for its keys; the next look may succeed.
      return;
    }
    if (seen?.session === session && seen.version !== version) onChanged();
    seen = { session, version };
  }, INTERVAL);
  return { stop: () => clearInterval(timer) };
}
