import { KeysmithError } from '../keys/errors.ts';
import { VAULT_KINDS, type VaultKind } from '../keys/installation.ts';
import { openUpToDate, type Update } from '../store/bring-up-to-date.ts';
import { databasePath, protectDataFolder } from '../store/data-folder.ts';
import type { Database } from '../store/open-database.ts';
import { finishReplacement } from '../store/replace-data.ts';
import { translateErrors } from '../store/store-errors.ts';

/** What a database says of itself before its vault is open; its seal can be checked only then. */
export interface ClosedInstallation {
  readonly id: string;
  readonly name: string;
  readonly vault: VaultKind;
  readonly keyCheck: Buffer;
  readonly lockEnabled: boolean;
  readonly generation: number;
}

/** Where the database is, and who brings one of an older version up to date: absent, this thread does. */
export interface ClosedPorts {
  readonly folder: string;
  readonly update?: Update | undefined;
}

/**
 * Opens the database of a data folder without its vault, which an older one needs neither. The caller closes it.
 *
 * @throws STORE_*
 */
export async function openClosed({
  folder,
  update,
}: ClosedPorts): Promise<{ db: Database; installation: ClosedInstallation }> {
  const path = databasePath(folder);
  translateErrors(path, () => finishReplacement(folder));
  const db = await openUpToDate(path, update);
  try {
    return translateErrors(path, () => {
      protectDataFolder(folder);
      return { db, installation: readClosed(db) };
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @throws STORE_* */
export function readClosed(db: Database): ClosedInstallation {
  return translateErrors(db.name, () => {
    const [installation, another] = db
      .prepare<[], Omit<ClosedInstallation, 'lockEnabled'> & { lockEnabled: number }>(
        'SELECT id, name, vault, key_check AS keyCheck, lock_enabled AS lockEnabled, wrapping_generation AS generation FROM installation',
      )
      .all();
    if (another || (installation && !VAULT_KINDS.includes(installation.vault))) {
      throw new KeysmithError(
        'TAMPERED',
        `What the database ${db.name} says of its installation was changed outside Keysmith. It was left as it is; restore a backup.`,
      );
    }
    if (installation) return { ...installation, lockEnabled: installation.lockEnabled === 1 };
    throw new KeysmithError(
      'STORE_DAMAGED',
      `The database ${db.name} has no installation in it. It was left as it is; restore a backup.`,
    );
  });
}
