import type { UpdateProgress } from '../store/bring-up-to-date.ts';

/** What is done to a database that is brought up to date, and how much of all that is behind it, from 0 to 1. */
export interface UpdateStage {
  readonly kind: UpdateProgress['kind'];
  readonly fraction: number;
  readonly step: number;
  readonly steps: number;
}

/** The copy counts as half of the work, and each step as much as another: how long one takes is not known before. */
export function updateStage(progress: UpdateProgress): UpdateStage {
  switch (progress.kind) {
    case 'waiting':
      return { kind: 'waiting', fraction: 0, step: 0, steps: 0 };
    case 'copying': {
      const { done, total } = progress;
      return { kind: 'copying', fraction: done / total / 2, step: 0, steps: 0 };
    }
    case 'changing': {
      const { step, steps, done, total } = progress;
      return { kind: 'changing', fraction: 0.5 + (step - 1 + done / total) / steps / 2, step, steps };
    }
  }
}
