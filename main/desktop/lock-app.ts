import type { AppState } from '../../preload/contract.ts';
import type { AppSession } from './app-session.ts';

/** How long what is put away may take, in milliseconds. */
const PUTTING_TIME = 2000;

/** What the lock has to do with beside the session. */
export interface LockedParts {
  readonly sessions: Pick<AppSession, 'lockable' | 'hold' | 'lock' | 'followGeneration' | 'current'>;
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
  /**
   * Puts everything away and has the installation replaced. The page is loaded anew when that was done, and when what
   * was open before is not open any more.
   *
   * @param work goes by `restore` of the sessions
   */
  replace<T>(work: () => Promise<T>): Promise<T>;
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
    const ends = Promise.allSettled(putAway.map(async put => put())).then(ended => {
      for (const end of ended) if (end.status === 'rejected') report('Not all was put away', end.reason);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PUTTING_TIME);
    });
    await Promise.race([ends, late]);
    clearTimeout(timer);
  };
  const lock = async () => {
    const lockable = sessions.lockable();
    if (!lockable) return sessions.lock();
    // SECURITY: first, and at once: whatever is slow to be put away, nothing can be asked for meanwhile.
    sessions.hold();
    await tidy();
    try {
      return await sessions.lock();
    } finally {
      // What was on its way when the lock came, as a key that was being created.
      await tidy();
      showAnew();
    }
  };
  const quietly = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => report('Keysmith could not be locked', error));
  return {
    lock,
    lockQuietly() {
      if (sessions.lockable()) quietly(lock());
    },
    async replace(work) {
      const wasOpen = sessions.current() !== undefined;
      sessions.hold();
      await tidy();
      try {
        const done = await work();
        showAnew();
        return done;
      } catch (error) {
        if (wasOpen && !sessions.current()) showAnew();
        throw error;
      }
    },
    follow() {
      sessions.hold();
      quietly(
        tidy()
          .then(() => sessions.followGeneration())
          .then(tidy)
          .then(showAnew),
      );
    },
  };
}
