import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';

/** Opens the licences in the system's own viewer. */
export function showLicences(): void {
  call(window.keysmith.app.licences()).catch((error: unknown) => notifyProblem(problemOf(error)));
}
