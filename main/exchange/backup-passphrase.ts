import { KeysmithError } from '../keys/errors.ts';
import { MIN_STRENGTH, passphraseStrength } from '../trust/passphrase-strength.ts';

/**
 * A backup leaves the machine, and may lie about for years where anyone can try passphrases on it.
 *
 * @throws BACKUP_PASSPHRASE_WEAK
 */
export async function requireBackupPassphrase(passphrase: string, installation: string): Promise<void> {
  const { score, enough } = await passphraseStrength(passphrase, [installation]);
  if (enough) return;
  throw new KeysmithError(
    'BACKUP_PASSPHRASE_WEAK',
    `The passphrase of the backup is too easy to guess: its strength is ${score} of 4, and at least ${MIN_STRENGTH} is needed, for it alone protects the file. Four or five words that have nothing to do with each other are good. Nothing was written.`,
    { field: 'passphrase' },
  );
}
