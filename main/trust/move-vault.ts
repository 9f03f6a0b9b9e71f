import { KeysmithError } from '../keys/errors.ts';
import type { VaultKind } from '../keys/installation.ts';
import { requireLockOff } from './require-lock.ts';
import { savedHead } from './saved-head.ts';
import { type Session, saveHead } from './session.ts';
import { describeVault, emptyVault, fillVault, openVault, type VaultPorts } from './vault.ts';

/**
 * Moves the master key from one kind of vault to the other. The key is in the new place, read back, before the
 * database says so, and leaves the old place only afterwards: at every moment one of them opens the database.
 *
 * @param passphrases the one that opens the present vault, and the one for the new vault
 * @throws VAULT_*
 */
export async function moveVault(
  session: Session,
  ports: VaultPorts,
  to: VaultKind,
  newPassphrase: () => Promise<string>,
): Promise<void> {
  const {
    store,
    actor,
    ports: { clock },
  } = session;
  const installation = store.installation();
  requireLockOff(installation);
  const from = installation.vault;
  if (from === to) {
    throw new KeysmithError('VAULT_KIND_INVALID', `The master key is in the ${describeVault(to)} already.`, {
      field: 'vault',
    });
  }
  const evidence = await session.savedHead.load();
  if (installation.tampered || evidence === undefined || !store.contains(evidence)) {
    // SECURITY: the new place would start with today's head, and what shows that entries are gone would be lost.
    throw new KeysmithError(
      'TAMPERED',
      'The audit log does not go through its saved head, or the installation was changed outside Keysmith. The vault stays where it is; run "keysmith audit verify".',
    );
  }
  const masterKey = await openVault(ports, installation);
  try {
    // Whatever stands in the new place is left from an earlier try: the present vault was opened just now.
    await fillVault({ ...ports, passphrase: newPassphrase }, to, installation, masterKey, { replace: true });
  } finally {
    masterKey.fill(0);
  }
  // Before the database says so: the new place is never without a head that the log goes through.
  await savedHead(to, ports.folder, ports.keychain, installation.id).save(evidence);
  try {
    store.change(actor, clock, tx => {
      const before = tx.installation();
      requireLockOff(before);
      if (before.vault !== from) {
        throw new KeysmithError(
          'VAULT_KIND_INVALID',
          'Another process moved the vault meanwhile. Nothing was changed here.',
          { field: 'vault' },
        );
      }
      const stamp = tx.record({
        action: 'installation.move-vault',
        subject: { kind: 'installation', id: before.id, ref: before.ref },
        before: { vault: from },
        after: { vault: to },
      });
      tx.updateInstallation({ ...before, vault: to }, stamp);
    });
  } catch (error) {
    // SECURITY: the new place is not left with what opens the installation. The cause matters more than a failure here.
    if (store.installation().vault === from) await emptyVault(ports, to, installation).catch(() => undefined);
    throw error;
  }
  await saveHead(store, session.savedHead);
  await savedHead(from, ports.folder, ports.keychain, installation.id).remove();
  // Only what the database still says is the old place: another process may have moved the key back meanwhile.
  if (store.installation().vault === to) await emptyVault(ports, from, installation);
}
