import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { isDialogOpen } from './use-top-escape.ts';

interface Offer {
  /** Of all offers with the same ID only the newest is seen. */
  readonly id: string;
  readonly message: ReactNode;
  /** What the button does: a verb. */
  readonly action: string;
  /** In milliseconds. */
  readonly time: number;
  readonly onAccept: () => void;
}

/** Says what was done, and offers for a while what goes with it. An open dialog is never left for it. */
export function notifyOffer({ id, message, action, time, onAccept }: Offer): void {
  notifications.hide(id);
  notifications.show({
    id,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: time,
    message: (
      <>
        {message}
        <div>
          <Button
            mt={6}
            size="compact-xs"
            variant="default"
            onClick={() => {
              if (isDialogOpen()) return;
              notifications.hide(id);
              onAccept();
            }}
          >
            {action}
          </Button>
        </div>
      </>
    ),
  });
}
