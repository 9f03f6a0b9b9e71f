import { saveHead } from '../trust/session.ts';
import type { AppSession } from './app-session.ts';

/** Saves the audit head after changes, at most once a second; waits for the last one when it is stopped. */
export function headKeeper(sessions: Pick<AppSession, 'current'>, delay = 1000) {
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> = Promise.resolve();
  const save = () => {
    timer = undefined;
    const session = sessions.current();
    if (!session) return;
    saving = saving
      .then(() => saveHead(session.store, session.savedHead))
      .catch(
        (error: unknown) =>
          void process.stderr.write(
            `The audit head could not be saved: ${error instanceof Error ? error.message : error}\n`,
          ),
      );
  };
  return {
    changed(): void {
      timer ??= setTimeout(save, delay);
    },
    async stop(): Promise<void> {
      clearTimeout(timer);
      // It goes on after a lock, for whoever opens next.
      timer = undefined;
      await saving;
    },
  };
}
