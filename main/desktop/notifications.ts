import { Notification } from 'electron';
import type { PendingReveal } from './reveals.ts';

/** Tells an admin who is elsewhere that a secret went by without anyone confirming it. Names the key, never the secret. */
export function tellForgotten({ keyName }: PendingReveal): void {
  if (!Notification.isSupported()) return;
  new Notification({
    title: 'A secret was forgotten',
    body: `Nobody confirmed within ten minutes that the secret of “${keyName}” was saved. Give the key a new secret if it is lost.`,
  }).show();
}
