import { rmSync } from 'node:fs';
import { KeysmithError } from '../keys/errors.ts';
import { VAULT_KINDS, type VaultKind } from '../keys/installation.ts';
import { databasePath, protectDataFolder } from '../store/data-folder.ts';
import { type Database, openDatabase } from '../store/open-database.ts';
import { finishReplacement } from '../store/replace-data.ts';
import { translateErrors } from '../store/store-errors.ts';
import { clearAttempts } from '../store/unlock-attempts.ts';
import { vaultPath } from './passphrase-file.ts';
import { recordFailedUnlocks } from './record-failed-unlocks.ts';
import { type InstallationPorts, type Session, startSession } from './session.ts';
import { chooseOperator, closedOperators, unlockOperator } from './unlock.ts';
import { keychainAccount, openVault, secretsOf } from './vault.ts';

/** What a database says of itself before its vault is open; its seal can be checked only then. */
export interface ClosedInstallation {
  readonly id: string;
  readonly name: string;
  readonly vault: VaultKind;
  readonly keyCheck: Buffer;
  readonly lockEnabled: boolean;
  readonly generation: number;
}

/**
 * Opens the database of a data folder without its vault. The caller closes it.
 *
 * @throws STORE_*
 */
export function openClosed(folder: string): { db: Database; installation: ClosedInstallation } {
  const path = databasePath(folder);
  translateErrors(path, () => finishReplacement(folder));
  const db = openDatabase(path);
  try {
    return translateErrors(path, () => {
      protectDataFolder(folder);
      const [installation, another] = db
        .prepare<[], Omit<ClosedInstallation, 'lockEnabled'> & { lockEnabled: number }>(
          'SELECT id, name, vault, key_check AS keyCheck, lock_enabled AS lockEnabled, wrapping_generation AS generation FROM installation',
        )
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
      return { db, installation: { ...installation, lockEnabled: installation.lockEnabled === 1 } };
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens an installation: database, vault or operator's passphrase, seals, and the check that the audit log was not
 * shortened.
 *
 * @throws STORE_*, VAULT_*, and where the lock is on OPERATOR_*, PASSPHRASE_*, UNLOCK_TOO_SOON
 */
export async function openInstallation(ports: InstallationPorts): Promise<Session> {
  const { db, installation } = openClosed(ports.folder);
  try {
    return installation.lockEnabled
      ? await openLocked(ports, db, installation)
      : await openUnlocked(ports, db, installation);
  } catch (error) {
    db.close();
    throw error;
  }
}

async function openUnlocked(
  ports: InstallationPorts,
  db: Database,
  installation: ClosedInstallation,
): Promise<Session> {
  const masterKey = await openVault(ports, installation);
  try {
    const operator = onlyOperator(db, ports.operator);
    return await startSession(ports, db, secretsOf(masterKey), {
      operator,
      generation: installation.generation,
    });
  } finally {
    masterKey.fill(0);
  }
}

/** The lock is off: there is one operator, whom the system's account guards. */
function onlyOperator(db: Database, name: string | undefined): string {
  const operators = closedOperators(db);
  if (operators.length > 0) return chooseOperator(operators, name).name;
  throw new KeysmithError(
    'TAMPERED',
    'The installation has no operator left: its database was changed outside Keysmith. Restore a backup.',
  );
}

async function openLocked(
  ports: InstallationPorts,
  db: Database,
  installation: ClosedInstallation,
): Promise<Session> {
  const { secrets, operator, failed } = await unlockOperator(ports, db, installation);
  const session = await startSession(ports, db, secrets, {
    operator: operator.name,
    generation: installation.generation,
  });
  recordFailedUnlocks(session, failed);
  clearAttempts(db, operator.ref);
  await removeOutlived(ports, session);
  return session;
}

/** What the last change of generation could not take away any more, as when the machine went down in it. */
async function removeOutlived({ folder, keychain }: InstallationPorts, session: Session): Promise<void> {
  const { id, vault, generation } = session.store.installation();
  if (vault === 'keychain') return keychain.remove(keychainAccount({ id, generation: generation - 1 }));
  // Under the write lock: whoever switches the lock off at this moment writes this file.
  session.store.connection.db
    .transaction(() => {
      if (session.store.installation().lockEnabled) rmSync(vaultPath(folder), { force: true });
    })
    .immediate();
}
