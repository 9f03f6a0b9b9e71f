import { KeysmithError } from '../keys/errors.ts';
import type { Session } from './session.ts';

/**
 * SECURITY: what is signed must not go back behind what was: a database that was exchanged for an older copy, or whose
 * log was cut, would bring revoked keys back under a signature.
 *
 * @throws TAMPERED, VAULT_*
 */
export async function requireWholeLog({ store, savedHead }: Session): Promise<void> {
  const saved = await savedHead.load();
  if (saved && store.contains(saved)) return;
  throw new KeysmithError(
    'TAMPERED',
    'The audit log no longer goes through its saved head: the database is an older copy, or entries are gone. Nothing is signed from it. Run "keysmith audit verify" and restore a backup.',
  );
}
