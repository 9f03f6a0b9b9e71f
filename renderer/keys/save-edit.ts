import type { Request, Reveal } from '../../preload/contract.ts';
import { call, problemOf } from '../ui/call.ts';
import { notify, notifyProblem } from '../ui/notify.ts';

/**
 * Changes a key, and signs its token anew where the admin wants that.
 *
 * @returns the new token's reveal; null when there is none
 * @throws CallFailure when the key was not changed
 */
export async function saveEdit(request: Request<'keys:edit'>, reissues: boolean): Promise<Reveal | null> {
  const { id, name } = await call(window.keysmith.keys.edit(request));
  if (!reissues) {
    notify(`${name} was changed. Services notice with the next bundle.`);
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
