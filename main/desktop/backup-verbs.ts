import { lastBackup } from '../keys/last-backup.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type BackupChannel = Extract<keyof Handlers, `backups:${string}`>;

export function backupVerbs({ sessions, clock }: DesktopContext): Pick<Handlers, BackupChannel> {
  return {
    'backups:last': () => sessions.require().store.snapshot(reader => lastBackup(reader, clock())),
  };
}
