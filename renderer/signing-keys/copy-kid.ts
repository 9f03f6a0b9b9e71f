import { call, problemOf } from '../ui/call.ts';
import { notify, notifyProblem } from '../ui/notify.ts';

/** Has main copy the ID of a signing key, and says that it is done. */
export async function copyKid(kid: string): Promise<void> {
  try {
    await call(window.keysmith.signingKeys.copyId({ kid }));
    notify('The key ID was copied.');
  } catch (error) {
    notifyProblem(problemOf(error));
  }
}
