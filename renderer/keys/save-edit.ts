import type { Request, Reveal } from '../../preload/contract.ts';
import type { GoToBundle } from '../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../exchange/notify-next-bundle.ts';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';

/**
 * Changes a key, and signs its token anew where the admin wants that.
 *
 * @returns the new token's reveal; null when there is none
 * @throws CallFailure when the key was not changed
 */
export async function saveEdit(
  request: Request<'keys:edit'>,
  reissues: boolean,
  goToBundle: GoToBundle,
): Promise<Reveal | null> {
  const { id, name, service } = await call(window.keysmith.keys.edit(request));
  if (!reissues) {
    notifyNextBundle(`${name} was changed. Services notice with the next bundle.`, service, goToBundle);
    return null;
  }
  try {
    return await call(window.keysmith.keys.reissue({ key: id }));
  } catch (error) {
    // The change itself is done: the key is marked, and its menu offers to try again.
    notifyProblem({ message: `${name} was changed, but kept its old token. ${problemOf(error).message}` });
    return null;
  }
}
