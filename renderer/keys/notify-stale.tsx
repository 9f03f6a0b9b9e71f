import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { KeyView } from '../../preload/contract.ts';
import { isDialogOpen } from '../ui/use-top-escape.ts';
import type { KeyRequest } from './key-request.ts';

const OFFER_TIME = 20_000;

/** Says what was done to a key whose token does not say so, and offers to sign it anew. */
export function notifyStale(done: string, key: KeyView, request: (wish: KeyRequest) => void): void {
  const id = `stale-${key.id}`;
  notifications.hide(id);
  notifications.show({
    id,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: OFFER_TIME,
    message: (
      <>
        {done} Its token still says what the key was before.
        <div>
          <Button
            mt={6}
            size="compact-xs"
            variant="default"
            onClick={() => {
              if (isDialogOpen()) return;
              notifications.hide(id);
              request({ kind: 'reissue', key });
            }}
          >
            Reissue token…
          </Button>
        </div>
      </>
    ),
  });
}
