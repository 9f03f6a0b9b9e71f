import type { AppState } from '../../preload/contract.ts';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';

/** Locks the app; main tells the window when it is done. */
export function lockNow({ lockEnabled }: Extract<AppState, { kind: 'ready' }>): void {
  // Without a passphrase there is nothing that would open it again.
  if (!lockEnabled) return;
  call(window.keysmith.app.lock()).catch((error: unknown) => notifyProblem(problemOf(error)));
}
