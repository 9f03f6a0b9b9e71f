import { Notification } from 'electron';
import type { Preferences } from '../../preload/contract.ts';
import type { PendingReveal } from './reveals.ts';

/** Those that are shown: one that nobody holds any more would not hear that it was clicked. */
const shown = new Set<Notification>();

function show(title: string, body: string, onClick?: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  if (onClick) {
    shown.add(notification);
    const forget = () => void shown.delete(notification);
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.on('click', () => {
      forget();
      onClick();
    });
  }
  notification.show();
}

/** Tells an admin who is elsewhere that a secret went by without anyone confirming it. Names the key, never the secret. */
export function tellForgotten({ keyName }: PendingReveal): void {
  show(
    'A secret was forgotten',
    `Nobody confirmed within ten minutes that the secret of “${keyName}” was saved. Give the key a new secret if it is lost.`,
  );
}

/**
 * Says how many keys expire soon. SECURITY: their number alone: a notification stands on locked screens, too.
 *
 * @param warning how soon
 */
export function tellExpiring(
  keys: number,
  warning: Exclude<Preferences['expiryWarning'], 'never'>,
  onClick: () => void,
): void {
  const days = Number.parseInt(warning, 10);
  show(
    'Keys are about to expire',
    `${keys === 1 ? '1 key expires' : `${keys} keys expire`} within ${days} days. Whoever uses ${keys === 1 ? 'it' : 'them'} will be locked out then.`,
    onClick,
  );
}
