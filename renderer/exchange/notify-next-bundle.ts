import { notifications } from '@mantine/notifications';
import { notifyOffer } from '../ui/notify-offer.tsx';
import type { GoToBundle } from './go-to-bundle.ts';

/** One at a time: the last change is the one that is wanted in a bundle. */
const ID = 'next-bundle';
const OFFER_TIME = 12_000;

/** Says what was done that services learn of with the next bundle, and offers to export it. */
export function notifyNextBundle(done: string, service: string, goToBundle: GoToBundle): void {
  notifyOffer({
    id: ID,
    message: done,
    action: 'Export bundle',
    time: OFFER_TIME,
    onAccept: () => goToBundle(service),
  });
}

/** Takes the offer back once a bundle was exported. */
export function forgetNextBundle(): void {
  notifications.hide(ID);
}
