import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';

/** Locks the app; main loads the window anew then. */
export function lockNow(): void {
  call(window.keysmith.app.lock()).catch((error: unknown) => notifyProblem(problemOf(error)));
}
