import { readFileSync } from 'node:fs';
import { KeysmithError } from '../keys/errors.ts';
import { encryptVault, keepVaultAside, vaultPath, writeVaultFile } from './passphrase-file.ts';
import { requireLockOff } from './require-lock.ts';
import type { Session } from './session.ts';
import { openVault, type VaultPorts } from './vault.ts';

/**
 * Gives the passphrase vault another passphrase. The vault file is replaced in one step, together with the audit
 * entry that says so.
 *
 * @throws VAULT_KIND_INVALID when the master key is in the keychain, VAULT_*
 */
export async function changePassphrase(
  { store, actor, ports: { clock } }: Session,
  ports: VaultPorts,
  newPassphrase: () => Promise<string>,
): Promise<void> {
  const installation = store.installation();
  requireLockOff(installation);
  if (installation.vault !== 'passphrase') {
    throw new KeysmithError(
      'VAULT_KIND_INVALID',
      'The master key is in the system keychain, which has no passphrase of Keysmith. Move it first: keysmith vault move --to passphrase.',
      { field: 'vault' },
    );
  }
  const old = readFileSync(vaultPath(ports.folder));
  const masterKey = await openVault(ports, installation);
  const file = await encryptVault(
    { installation: installation.id, masterKey },
    await newPassphrase(),
    ports.scryptLogN,
  ).finally(() => masterKey.fill(0));
  const aside = keepVaultAside(ports.folder);
  let replaced = false;
  try {
    store.change(actor, clock, tx => {
      const { id, ref } = tx.installation();
      const stamp = tx.record({
        action: 'installation.change-passphrase',
        subject: { kind: 'installation', id, ref },
        before: null,
        after: null,
      });
      tx.updateInstallation(tx.installation(), stamp);
      // Under the write lock: of two that change it at once, the second must not undo what the first was told.
      if (!readFileSync(vaultPath(ports.folder)).equals(old)) {
        throw new KeysmithError(
          'VAULT_PASSPHRASE_WRONG',
          'The passphrase of the vault was changed by another process meanwhile. Nothing was changed; try again with the new one.',
          { field: 'passphrase' },
        );
      }
      writeVaultFile(ports.folder, file, { replace: true });
      replaced = true;
    });
  } catch (error) {
    const isCommitted = store.installation().auditSeq !== installation.auditSeq;
    if (replaced && !isCommitted) aside.putBack();
    throw error;
  } finally {
    aside.forget();
  }
}
