import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import { journal } from '../journal.ts';
import { preventableEvent } from '../preventable-event.ts';
import { StrictEmitter } from '../strict.ts';

/** Electron's `Notification`, shown to nobody but the journal. Tests may emit `click` on it. */
export class Notification extends StrictEmitter {
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: 'normal' | 'critical' | 'low';
  timeoutType: 'default' | 'never';

  constructor(options: NotificationConstructorOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'reply', 'action', 'failed']);
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    journal.notifications.push(this as unknown as ElectronNotification);
    this.emit('show', preventableEvent({}));
  }
  close(): void {
    this.emit('close', preventableEvent({}));
  }
}
