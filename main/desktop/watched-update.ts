import { createFileBackground } from '../exchange/background.ts';
import { type UpdateStage, updateStage } from '../exchange/update-stage.ts';
import type { Update } from '../store/bring-up-to-date.ts';

/** Updates of the database that the window is told of. */
export interface WatchedUpdate {
  readonly update: Update;
  /** Tells once more how far it is, for a page that was not there yet. */
  repeat(): void;
  /** Ends it: the next start begins anew. */
  stop(): void;
}

/** @param tell told how far an update is, and null when it is over */
export function watchedUpdate(worker: URL, tell: (stage: UpdateStage | null) => void): WatchedUpdate {
  let stage: UpdateStage | null = null;
  const controller = new AbortController();
  const become = (next: UpdateStage | null) => {
    stage = next;
    tell(next);
  };
  return {
    async update(database) {
      try {
        await createFileBackground(worker)(
          { kind: 'update', database },
          { onProgress: progress => become(updateStage(progress)), signal: controller.signal },
        );
      } finally {
        become(null);
      }
    },
    repeat() {
      if (stage) tell(stage);
    },
    stop: () => controller.abort(),
  };
}
