import { KeysmithError } from '../keys/errors.ts';
import { VAULT_KINDS, type VaultKind } from '../keys/installation.ts';
import { createStore } from '../store/create-store.ts';
import { databasePath, protectDataFolder } from '../store/data-folder.ts';
import { type Database, openDatabase } from '../store/open-database.ts';
import { translateErrors } from '../store/store-errors.ts';
import { createSealKeys, createSeals } from './derived-keys.ts';
import { type InstallationPorts, type Session, startSession } from './session.ts';
import { openVault, secretsOf } from './vault.ts';

/** What a database says of itself before its vault is open; its seal can be checked only then. */
export interface ClosedInstallation {
  readonly id: string;
  readonly name: string;
  readonly vault: VaultKind;
  readonly keyCheck: Buffer;
}

/**
 * Opens the database of a data folder without its vault. The caller closes it.
 *
 * @throws STORE_*
 */
export function openClosed(folder: string): { db: Database; installation: ClosedInstallation } {
  const path = databasePath(folder);
  const db = openDatabase(path);
  try {
    return translateErrors(path, () => {
      protectDataFolder(folder);
      const [installation, another] = db
        .prepare<[], ClosedInstallation>('SELECT id, name, vault, key_check AS keyCheck FROM installation')
        .all();
      if (!installation)
        throw new KeysmithError(
          'STORE_DAMAGED',
          `The database ${path} has no installation in it. It was left as it is; restore a backup.`,
        );
      if (another || !VAULT_KINDS.includes(installation.vault))
        throw new KeysmithError(
          'TAMPERED',
          `What the database ${path} says of its installation was changed outside Keysmith. It was left as it is; restore a backup.`,
        );
      return { db, installation };
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens an installation: database, vault, seals, and the check that the audit log was not shortened.
 *
 * @throws STORE_*, VAULT_*
 */
export async function openInstallation(ports: InstallationPorts): Promise<Session> {
  const { folder, onStep } = ports;
  const { db, installation } = openClosed(folder);
  try {
    const masterKey = await openVault(ports, installation);
    const secrets = secretsOf(masterKey);
    masterKey.fill(0);
    const store = createStore(db, createSeals(createSealKeys(secrets)), { onStep });
    return await startSession(ports, store, secrets);
  } catch (error) {
    db.close();
    throw error;
  }
}
