import { assertNever } from '../../preload/contract.ts';
import type { GoToBundle } from '../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../exchange/notify-next-bundle.ts';
import { call, problemOf } from '../ui/call.ts';
import { notify, notifyProblem } from '../ui/notify.ts';
import type { Rights } from '../ui/use-rights.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { notifyIdCopied, notifyTokenCopied } from './notify-copied.tsx';

/**
 * Does what needs no dialog, and says that it is done. Main's event `changed` refreshes the list.
 *
 * @param request opens the dialog of what turned out to need one, or of what is offered next
 * @param goToBundle opens the bundles of the key's service
 */
export async function doDeed(
  deed: KeyDeed,
  request: (wish: KeyRequest) => void,
  goToBundle: GoToBundle,
  rights: Pick<Rights, 'manages'>,
): Promise<void> {
  const { kind, key } = deed;
  try {
    switch (kind) {
      case 'copy-id':
        await call(window.keysmith.keys.copyId({ key: key.id }));
        return notifyIdCopied(key, rights.manages(key.service) ? request : null);
      case 'copy-token': {
        const { clearsAt } = await call(window.keysmith.keys.copyToken({ key: key.id }));
        return notifyTokenCopied(key.name, clearsAt);
      }
      case 'mark-saved':
        await call(window.keysmith.keys.markSaved({ key: key.id }));
        return notify(`${key.name} is marked as saved.`);
      case 'disable':
        await call(window.keysmith.keys.disable({ key: key.id }));
        return notifyNextBundle(
          `${key.name} is disabled. Services refuse it from the next bundle on.`,
          key.service,
          goToBundle,
        );
      case 'enable':
        await call(window.keysmith.keys.enable({ key: key.id }));
        return notifyNextBundle(
          `${key.name} is enabled. Services accept it from the next bundle on.`,
          key.service,
          goToBundle,
        );
      default:
        return assertNever(kind);
    }
  } catch (error) {
    const problem = problemOf(error);
    // It expired since the list was drawn.
    if (kind === 'enable' && problem.code === 'KEY_EXPIRED') request({ kind: 'enable-again', key });
    else notifyProblem(problem);
  }
}
