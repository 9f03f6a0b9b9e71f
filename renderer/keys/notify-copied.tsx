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

/** Says that a key ID is in the clipboard; for a private key also why its secret is not. */
export function notifyIdCopied(key: KeyView, request: (wish: KeyRequest) => void): void {
  const canRotate =
    key.kind === 'private' && !key.tampered && (key.status === 'active' || key.status === 'disabled');
  notifications.hide(ID);
  notifications.show({
    ...COMMON,
    message: (
      <CopiedId
        isPrivate={key.kind === 'private'}
        onRotate={
          canRotate
            ? () => {
                if (isDialogOpen()) return;
                notifications.hide(ID);
                request({ kind: 'rotate', key });
              }
            : null
        }
      />
    ),
    autoClose: OFFER_TIME,
  });
}
