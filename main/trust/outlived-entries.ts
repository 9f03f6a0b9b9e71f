import { rmSync } from 'node:fs';
import type { AuditAction, AuditEntry } from '../keys/audit.ts';
import type { Reader } from '../keys/ports.ts';
import type { OpenStore } from '../store/create-store.ts';
import { vaultPath } from './passphrase-file.ts';
import { keychainAccount, type VaultPorts } from './vault.ts';

const GENERATIONS: readonly AuditAction[] = [
  'installation.lock-on',
  'installation.lock-off',
  'installation.rewrap',
];

/** More generations than anybody begins. */
const LIMIT = 10_000;

/**
 * Takes away what opened generations before the present one: entries of the keychain by the log, which names each of
 * them, and a vault file while the lock is on.
 *
 * @param reach `all`, or `since-restore` to leave what opens the data that a restore kept aside
 * @throws VAULT_*
 */
export async function removeOutlived(
  { folder, keychain }: Pick<VaultPorts, 'folder' | 'keychain'>,
  store: OpenStore,
  reach: 'all' | 'since-restore',
): Promise<void> {
  const installation = store.installation();
  // SECURITY: by a row that somebody edited, the entry that opens it would be taken away.
  if (installation.tampered || installation.generation === 0) return;
  removeVaultFile(folder, store);
  const present = keychainAccount(installation);
  for (const account of outlivedEntries(store, reach))
    if (account !== present) await keychain.remove(account);
}

function outlivedEntries(reader: Reader, reach: 'all' | 'since-restore'): readonly string[] {
  const { id, ref } = reader.installation();
  const [restored] = reader.audit({ ref, action: 'installation.restore', limit: 1 });
  const after = reach === 'all' ? 0 : (restored?.seq ?? 0);
  const entries = GENERATIONS.flatMap(action => reader.audit({ ref, action, after, limit: LIMIT }));
  return [...(after === 0 ? [id] : []), ...entries.flatMap(entryOf)];
}

function entryOf({ after }: AuditEntry): readonly string[] {
  return typeof after?.entry === 'string' ? [after.entry] : [];
}

/** Under the write lock: whoever switches the lock off at this moment writes this file. */
function removeVaultFile(folder: string, store: OpenStore): void {
  store.connection.db
    .transaction(() => {
      if (store.installation().lockEnabled) rmSync(vaultPath(folder), { force: true });
    })
    .immediate();
}
