import { createFileBackground } from '../exchange/background.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { AppSession } from './app-session.ts';

/**
 * Makes up for what a bulk issue left that died: texts of keys that are not in the search's index yet. Searches find
 * them all the same, one by one; so nobody waits for it.
 *
 * @returns what looks for such texts, to be called whenever an installation may have been opened
 */
export function indexLeftTexts(sessions: AppSession, worker: URL): () => void {
  let isAtWork = false;
  return () => {
    const session = sessions.current();
    if (isAtWork || !session || session.store.textsToIndex() === 0) return;
    isAtWork = true;
    createFileBackground(worker)({ kind: 'index-texts', database: session.readAccess.database })
      .catch((error: unknown) => {
        // Another process writes, or the disk is full: the next start tries again.
        if (!(error instanceof KeysmithError)) throw error;
      })
      .finally(() => {
        isAtWork = false;
      });
  };
}
