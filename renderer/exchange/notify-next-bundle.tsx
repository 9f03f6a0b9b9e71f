import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { isDialogOpen } from '../ui/use-top-escape.ts';
import type { GoToBundle } from './go-to-bundle.ts';

/** One at a time: the last change is the one that is wanted in a bundle. */
const ID = 'next-bundle';
const OFFER_TIME = 12_000;

/** Says what was done that services learn of with the next bundle, and offers to export it. */
export function notifyNextBundle(done: string, service: string, goToBundle: GoToBundle): void {
  notifications.hide(ID);
  notifications.show({
    id: ID,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: OFFER_TIME,
    message: (
      <>
        {done}
        <div>
          <Button
            mt={6}
            size="compact-xs"
            variant="default"
            onClick={() => {
              if (isDialogOpen()) return;
              notifications.hide(ID);
              goToBundle(service);
            }}
          >
            Export bundle
          </Button>
        </div>
      </>
    ),
  });
}

/** Takes the offer back once a bundle was exported. */
export function forgetNextBundle(): void {
  notifications.hide(ID);
}
