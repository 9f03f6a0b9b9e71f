import { lastBackup } from '../keys/last-backup.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type BackupChannel = Extract<keyof Handlers, `backups:${string}`>;

export function backupVerbs({ sessions, settings, clock }: DesktopContext): Pick<Handlers, BackupChannel> {
  return {
    'backups:last': () => {
      const { store } = sessions.require();
      const days = settings.preferences().backupReminderDays;
      return store.snapshot(reader => lastBackup(reader, clock(), days));
    },
  };
}
