import { KeysmithError } from './errors.ts';

/** The shortest passphrase a backup gets. */
export const MIN_BACKUP_PASSPHRASE = 12;

/**
 * A backup leaves the machine, and may lie about for years where anyone can try passphrases on it.
 *
 * @throws BACKUP_PASSPHRASE_WEAK
 */
export function requireStrongPassphrase(passphrase: string): void {
  if ([...passphrase].length >= MIN_BACKUP_PASSPHRASE) return;
  throw new KeysmithError(
    'BACKUP_PASSPHRASE_WEAK',
    `The passphrase of the backup is too short: it alone protects the file. Allowed are ${MIN_BACKUP_PASSPHRASE} characters or more; four or five random words are good.`,
    { field: 'passphrase' },
  );
}
