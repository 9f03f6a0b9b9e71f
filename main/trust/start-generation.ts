import { KeysmithError } from '../keys/errors.ts';
import { beginGeneration, type GenerationPlan } from './begin-generation.ts';
import { removeOutlived } from './outlived-entries.ts';
import { forgetSecrets } from './secrets.ts';
import { type InstallationPorts, type Session, saveHead, startSession } from './session.ts';
import { shareOf } from './wrapping.ts';

/**
 * Begins a new wrapping generation in an installation that is open, and takes away what opened the ones before: old
 * copies of the database, with the keychain as it is afterwards, open nothing.
 *
 * @returns the session that goes on, with what the operator's role is given now; the given one is at its end, but for
 *   its database
 * @throws LOCKED when another process began one, NOT_ALLOWED, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export async function startGeneration(
  session: Session,
  ports: InstallationPorts,
  plan: GenerationPlan,
): Promise<Session> {
  const { store, actor } = session;
  if (session.outlived) {
    throw new KeysmithError(
      'LOCKED',
      'Another process changed meanwhile who can open this installation. Nothing was changed here; open it anew.',
    );
  }
  const { generation, secrets } = await beginGeneration(session, ports, plan);
  // It holds from here on; what follows is done again when the installation is opened next.
  await afterwards(() => removeOutlived(ports, store, 'all'));
  await afterwards(() => saveHead(store, session.savedHead));
  const { db } = store.connection;
  // SECURITY: what was wrapped before does not stay in SQLite's log file.
  db.pragma('wal_checkpoint(TRUNCATE)');
  const { role } = session.actor;
  const started = await startSession(
    ports,
    db,
    { ...shareOf(secrets, role), part: secrets.part },
    { operator: actor.name, generation, lockEnabled: plan.lockEnabled },
  );
  forgetSecrets(session.secrets);
  return started;
}

/** A keychain that was locked meanwhile: it is answered when the installation is opened next. */
async function afterwards(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
  }
}
