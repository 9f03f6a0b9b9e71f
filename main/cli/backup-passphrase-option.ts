import { KeysmithError } from '../keys/errors.ts';
import { findPassphrase } from './command.ts';
import type { Io } from './io.ts';

export const BACKUP_VARIABLE = 'KEYSMITH_BACKUP_PASSPHRASE';

/** Where a backup is concerned, its passphrase is the one that is meant; the vault's has its variable or a prompt. */
export const BACKUP_PASSPHRASE_FILE = `read the backup’s passphrase from the first line of a file (otherwise ${BACKUP_VARIABLE}, or a prompt); the vault’s comes from KEYSMITH_PASSPHRASE, or a prompt`;

/** @throws BACKUP_PASSPHRASE_REQUIRED, FILE_UNREADABLE */
export async function backupPassphrase(io: Io, file: string | undefined, prompt: string): Promise<string> {
  const passphrase = await findPassphrase(io, file, BACKUP_VARIABLE, prompt);
  if (passphrase !== undefined) return passphrase;
  throw new KeysmithError(
    'BACKUP_PASSPHRASE_REQUIRED',
    `A backup has a passphrase of its own, and none was given. Give it with ${BACKUP_VARIABLE}, --passphrase-file, or at the prompt of a terminal.`,
    { field: 'passphrase' },
  );
}
