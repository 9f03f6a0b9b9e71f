import type { AppState } from '../../preload/contract.ts';
import type { AppSession } from './app-session.ts';

/** What the lock has to do with beside the session. */
export interface LockedParts {
  readonly sessions: Pick<AppSession, 'lockable' | 'lock' | 'followGeneration'>;
  /** Puts away, each by itself, what is at hand: waiting secrets, a copied one, what still runs with the keys. */
  readonly putAway: readonly (() => Promise<void> | void)[];
  /** Loads the page anew. */
  readonly showAnew: () => void;
  readonly report: (what: string, error: unknown) => void;
}

export interface AppLock {
  /** Locks, and says where the app stands then. @throws LOCK_STATE while the lock is off */
  lock(): Promise<AppState>;
  /** Locks where there is a lock; for what happens without anybody who could be told that there is none. */
  lockQuietly(): void;
  /** After another process began a new generation: the keys at hand are those of the one before. */
  follow(): void;
}

/**
 * Takes everything away from whoever sits there next.
 *
 * SECURITY: the page is loaded anew: whatever it showed, remembered or still waited for belongs to the operator before.
 */
export function createAppLock({ sessions, putAway, showAnew, report }: LockedParts): AppLock {
  const tidy = async () => {
    // SECURITY: what cannot be put away, as from a clipboard that does not answer, must not keep the keys here.
    const ends = await Promise.allSettled(putAway.map(async put => put()));
    for (const end of ends) if (end.status === 'rejected') report('Not all was put away', end.reason);
  };
  const lock = async () => {
    const lockable = sessions.lockable();
    if (lockable) await tidy();
    try {
      return await sessions.lock();
    } finally {
      if (lockable) showAnew();
    }
  };
  const quietly = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => report('Keysmith could not be locked', error));
  return {
    lock,
    lockQuietly() {
      if (sessions.lockable()) quietly(lock());
    },
    follow: () =>
      quietly(
        tidy()
          .then(() => sessions.followGeneration())
          .then(showAnew),
      ),
  };
}
