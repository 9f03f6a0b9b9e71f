import { KeysmithError } from '../keys/errors.ts';
import type { Installation } from '../keys/installation.ts';
import { beginGeneration, type GenerationPlan } from './begin-generation.ts';
import { forgetSecrets } from './secrets.ts';
import { type InstallationPorts, type Session, saveHead, startSession } from './session.ts';
import { emptyVault } from './vault.ts';

/**
 * Begins a new wrapping generation in an installation that is open, and takes away what opened the one before: old
 * copies of the database, with the keychain as it is afterwards, open nothing.
 *
 * @returns the session that goes on; the given one is at its end, but for its database
 * @throws NOT_ALLOWED, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export async function startGeneration(
  session: Session,
  ports: InstallationPorts,
  plan: GenerationPlan,
): Promise<Session> {
  const { store, actor } = session;
  const before = store.installation();
  const { generation, secrets } = await beginGeneration(session, ports, plan);
  await saveHead(store, session.savedHead);
  await removeOld(ports, before);
  const { db } = store.connection;
  const started = await startSession(ports, db, secrets, { operator: actor.name, generation });
  forgetSecrets(session.secrets);
  return started;
}

/**
 * SECURITY: takes away what opened the generation before, so that old copies open nothing. What cannot be taken away
 * now, as from a keychain that was locked meanwhile, is taken away when the installation is opened next.
 */
async function removeOld(ports: InstallationPorts, old: Installation): Promise<void> {
  if (old.vault === 'passphrase' && old.lockEnabled) return;
  try {
    await emptyVault(ports, old.vault, old);
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
  }
}
