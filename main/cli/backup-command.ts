import type { Command } from 'commander';
import { createBackup } from '../exchange/create-backup.ts';
import { KeysmithError } from '../keys/errors.ts';
import { BACKUP_PASSPHRASE_FILE, BACKUP_VARIABLE, backupPassphrase } from './backup-passphrase-option.ts';
import { type CommonOptions, newCommand, print, remark, withSession } from './command.ts';
import type { Io } from './io.ts';

interface BackupOptions extends CommonOptions {
  readonly out: string;
  readonly force?: true;
}

export function backupCommand(io: Io): Command {
  return newCommand(
    'backup',
    'Write everything into one age file under a passphrase of its own, while Keysmith may be in use.',
    BACKUP_PASSPHRASE_FILE,
  )
    .requiredOption('--out <file>', 'where the backup goes, such as keysmith.age (mode 0600)')
    .option('--force', 'replace the file if it exists')
    .action(({ passphraseFile, ...options }: BackupOptions) =>
      withSession(io, options, async session => {
        const { out, force = false } = options;
        const request = {
          out,
          replace: force,
          passphrase: () => chooseBackupPassphrase(io, passphraseFile),
          scryptLogN: io.scryptLogN,
        };
        const done = await io.interruptible(signal => createBackup(session, io.worker, request, { signal }));
        print(
          io,
          options,
          { out: done.out, size: done.size, at: done.at, head_seq: done.headSeq },
          `Wrote a backup of ${done.size} bytes to ${done.out}. Without its passphrase nobody can open it, you neither.`,
        );
        if (done.logShortened)
          remark(
            io,
            options,
            'What was backed up is not whole: the audit log no longer goes through its saved head. Keep older backups, and run "keysmith audit verify".',
          );
      }),
    );
}

/** Asked twice at a prompt: a slip of the finger would only be found when the backup is needed. */
async function chooseBackupPassphrase(io: Io, file: string | undefined): Promise<string> {
  const passphrase = await backupPassphrase(io, file, 'New passphrase of the backup: ');
  const isPrompted = file === undefined && io.env[BACKUP_VARIABLE] === undefined;
  if (!isPrompted || (await io.ask?.('The same again: ')) === passphrase) return passphrase;
  throw new KeysmithError(
    'BACKUP_PASSPHRASE_WRONG',
    'The two passphrases differ. Nothing was written; try again.',
    { field: 'passphrase' },
  );
}
