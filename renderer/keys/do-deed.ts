import { call, problemOf } from '../ui/call.ts';
import { notify, notifyProblem } from '../ui/notify.ts';
import type { KeyDeed } from './key-request.ts';

/** Does what needs no dialog, and says that it is done. Main's event `changed` refreshes the list. */
export async function doDeed({ kind, key }: KeyDeed): Promise<void> {
  try {
    if (kind === 'copy-id') {
      await call(window.keysmith.keys.copyId({ key: key.id }));
      notify('The key ID was copied.');
    } else {
      await call(window.keysmith.keys.markSaved({ key: key.id }));
      notify(`${key.name} is marked as saved.`);
    }
  } catch (error) {
    notifyProblem(problemOf(error));
  }
}
