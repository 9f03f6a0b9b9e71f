import { KeysmithError } from '../keys/errors.ts';
import type { Database } from '../store/open-database.ts';
import { clearAttempts } from '../store/unlock-attempts.ts';
import { type ClosedInstallation, openClosed } from './closed-installation.ts';
import { removeOutlived } from './outlived-entries.ts';
import { recordFailedUnlocks } from './record-failed-unlocks.ts';
import { renewWrapping } from './renew-wrapping.ts';
import type { Secrets } from './secrets.ts';
import { type InstallationPorts, type Session, startSession } from './session.ts';
import { type ClosedOperator, chooseOperator, closedOperators, unlockOperator } from './unlock.ts';
import { openVault, secretsOf } from './vault.ts';
import { NO_PASSPHRASE, unwrap } from './wrapping.ts';

/**
 * Opens an installation: database, vault or operator's passphrase, seals, and the check that the audit log was not
 * shortened.
 *
 * @throws STORE_*, VAULT_*, and where the lock is on OPERATOR_*, PASSPHRASE_*, UNLOCK_TOO_SOON
 */
export async function openInstallation(ports: InstallationPorts): Promise<Session> {
  const { db, installation } = await openClosed(ports);
  try {
    return installation.lockEnabled
      ? await openLocked(ports, db, installation)
      : await openUnlocked(ports, db, installation);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The lock is off: there is one operator, whom the system's account guards. */
async function openUnlocked(
  ports: InstallationPorts,
  db: Database,
  installation: ClosedInstallation,
): Promise<Session> {
  const bytes = await openVault(ports, installation);
  try {
    const operator = onlyOperator(db, ports.operator);
    const { generation } = installation;
    const secrets = generation === 0 ? secretsOf(bytes) : shared(operator, generation, bytes);
    const session = await startSession(ports, db, secrets, {
      operator: operator.name,
      generation,
      lockEnabled: false,
    });
    await tidy(ports, session);
    return session;
  } finally {
    bytes.fill(0);
  }
}

function onlyOperator(db: Database, name: string | undefined): ClosedOperator {
  const operators = closedOperators(db);
  if (operators.length > 0) return chooseOperator(operators, name);
  throw new KeysmithError(
    'TAMPERED',
    'The installation has no operator left: its database was changed outside Keysmith. Restore a backup.',
  );
}

function shared({ name, wrappedKey }: ClosedOperator, generation: number, part: Buffer): Secrets {
  const secrets = wrappedKey && unwrap({ name, wrappedKey }, generation, NO_PASSPHRASE, part);
  if (secrets) return secrets;
  throw new KeysmithError(
    'TAMPERED',
    `What ${name} opens the installation with was changed outside Keysmith. Restore a backup.`,
    { field: 'operator' },
  );
}

async function openLocked(
  ports: InstallationPorts,
  db: Database,
  installation: ClosedInstallation,
): Promise<Session> {
  const { secrets, operator, failed, renewWith } = await unlockOperator(ports, db, installation);
  const session = await startSession(ports, db, secrets, {
    operator: operator.name,
    generation: installation.generation,
    lockEnabled: true,
  });
  recordFailedUnlocks(session, failed);
  clearAttempts(db, operator.ref);
  if (renewWith !== null) await renewWrapping(session, ports, renewWith);
  await tidy(ports, session);
  return session;
}

/** What the last change of generation could not take away any more, as when the machine went down in it. */
async function tidy(ports: InstallationPorts, { store }: Session): Promise<void> {
  try {
    await removeOutlived(ports, store, 'since-restore');
  } catch (error) {
    // Whoever has the right passphrase is let in all the same; the next opening tries again.
    if (!(error instanceof KeysmithError)) throw error;
  }
}
