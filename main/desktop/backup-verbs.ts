import { requireBackupPassphrase } from '../exchange/backup-passphrase.ts';
import { createBackup } from '../exchange/create-backup.ts';
import { formatTime } from '../keys/expiry.ts';
import { lastBackup } from '../keys/last-backup.ts';
import { requireRight } from '../keys/rights.ts';
import type { Handlers } from './answer.ts';
import { askWhere } from './ask-where.ts';
import type { DesktopContext } from './desktop-context.ts';
import { restoreVerb } from './restore-verb.ts';

type BackupChannel = Extract<keyof Handlers, `backups:${string}`>;

export function backupVerbs(context: DesktopContext): Pick<Handlers, BackupChannel> {
  const { sessions, settings, clock, exports, exported, changed } = context;
  return {
    ...restoreVerb(context),
    'backups:last': () => {
      const { store } = sessions.require();
      const days = settings.preferences().backupReminderDays;
      return store.snapshot(reader => lastBackup(reader, clock(), days));
    },
    'backups:create': async ({ id, passphrase }) => {
      // What would be refused is refused before anybody chooses a place.
      const { actor, store } = sessions.require();
      requireRight(actor, 'installation.backup');
      await requireBackupPassphrase(passphrase, store.installation().name);
      const out = await askWhere(context, {
        title: 'Back up',
        name: `keysmith-${formatTime(clock()).slice(0, 10)}.age`,
        extension: 'age',
      });
      if (out === null) return null;
      const session = sessions.require();
      // The dialog asked whether an existing file may go.
      const request = { out, replace: true, passphrase: async () => passphrase };
      const done = await exports.run(id, watch => createBackup(session, context.worker, request, watch));
      exported.add(done.out);
      return changed({ path: done.out, size: done.size });
    },
  };
}
