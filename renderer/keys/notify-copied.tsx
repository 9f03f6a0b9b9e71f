import { notifications } from '@mantine/notifications';
import type { KeyView } from '../../preload/contract.ts';
import { isDialogOpen } from '../ui/use-top-escape.ts';
import { CopiedId } from './copied-id.tsx';
import { CopiedToken } from './copied-token.tsx';
import type { KeyRequest } from './key-request.ts';

/** One at a time: what was copied before is no longer in the clipboard. */
const ID = 'copied';
const COMMON = { id: ID, withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } } as const;
const OFFER_TIME = 12_000;

/** Says that a public key's token is in the clipboard, and for how long. */
export function notifyTokenCopied(name: string, clearsAt: number): void {
  notifications.hide(ID);
  notifications.show({
    ...COMMON,
    message: <CopiedToken name={name} clearsAt={clearsAt} onCleared={() => notifications.hide(ID)} />,
    autoClose: Math.max(0, clearsAt - Date.now()),
  });
}

/**
 * Says that a key ID is in the clipboard; for a private key also why its secret is not.
 *
 * @param request opens the dialog that rotates it; null for those who may not
 */
export function notifyIdCopied(key: KeyView, request: ((wish: KeyRequest) => void) | null): void {
  const rotate =
    key.kind === 'private' && !key.tampered && (key.status === 'active' || key.status === 'disabled')
      ? request
      : null;
  notifications.hide(ID);
  notifications.show({
    ...COMMON,
    message: (
      <CopiedId
        isPrivate={key.kind === 'private'}
        onRotate={
          rotate
            ? () => {
                if (isDialogOpen()) return;
                notifications.hide(ID);
                rotate({ kind: 'rotate', key });
              }
            : null
        }
      />
    ),
    autoClose: OFFER_TIME,
  });
}
