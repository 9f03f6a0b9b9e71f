import type { Progress } from './jobs.ts';

/** Into how many parts a progress is divided: each is a message to another thread. */
const PARTS = 200;

/** Passes on only what is a part of the way further: a large file goes by in many more pieces than anybody could see. */
export function spacedProgress(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = Number.NEGATIVE_INFINITY;
  return progress => {
    if (progress.done - told < progress.total / PARTS && progress.done < progress.total) return;
    told = progress.done;
    tell(progress);
  };
}
