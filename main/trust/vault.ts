import { rmSync } from 'node:fs';
import { KeysmithError } from '../keys/errors.ts';
import type { Installation, VaultKind } from '../keys/installation.ts';
import { isMasterKey } from './derived-keys.ts';
import type { Keychain } from './keychain.ts';
import { encryptVault, readVaultFile, vaultPath, writeVaultFile } from './passphrase-file.ts';
import { openSecrets, type Secrets } from './secrets.ts';

/** What a vault needs of its surroundings. */
export interface VaultPorts {
  readonly folder: string;
  readonly keychain: Keychain;
  /** Asks for the passphrase. @throws VAULT_PASSPHRASE_REQUIRED when nobody can be asked */
  readonly passphrase: () => Promise<string>;
  /** scrypt's work factor for a new vault file; smaller in tests. */
  readonly scryptLogN?: number | undefined;
}

type Owner = Pick<Installation, 'id' | 'vault' | 'keyCheck'>;

/**
 * Reads the master key that the database was made with. Never makes one: whatever is missing, locked or wrong is
 * said, and stays as it is.
 *
 * @throws VAULT_LOCKED, VAULT_DENIED, VAULT_MISSING, VAULT_WRONG, VAULT_NO_SERVICE, VAULT_PASSPHRASE_REQUIRED,
 *   VAULT_PASSPHRASE_WRONG
 */
export async function openVault(ports: VaultPorts, owner: Owner): Promise<Buffer> {
  const masterKey = await readMasterKey(ports, owner);
  // SECURITY: a key that is not this database's would seal new rows so that the true one no longer fits.
  if (!isMasterKey(masterKey, owner.keyCheck)) {
    throw new KeysmithError(
      'VAULT_WRONG',
      `The master key in the ${describeVault(owner.vault)} is not the one of this database. Put the right one back, or restore a backup; nothing was changed.`,
    );
  }
  return masterKey;
}

/** The keys inside what a vault holds. @throws VAULT_WRONG */
export function secretsOf(masterKey: Buffer): Secrets {
  const secrets = openSecrets(masterKey);
  if (secrets) return secrets;
  throw new KeysmithError(
    'VAULT_WRONG',
    'What the vault holds is no master key of Keysmith. Put the right one back, or restore a backup; nothing was changed.',
  );
}

async function readMasterKey(ports: VaultPorts, owner: Owner): Promise<Buffer> {
  switch (owner.vault) {
    case 'keychain': {
      const masterKey = Buffer.from(await ports.keychain.read(owner.id), 'base64url');
      if (isMasterKey(masterKey, owner.keyCheck)) return masterKey;
      // A restore that died before it could put the backup's own in that place has left it here.
      const restored = await ports.keychain.find(restoredAccount(owner.id));
      return restored === null ? masterKey : Buffer.from(restored, 'base64url');
    }
    case 'passphrase':
      return (await readVaultFile(ports.folder, await ports.passphrase())).masterKey;
  }
}

/** Where the keychain keeps what opens a restored database while another one may still be in its place. */
export function restoredAccount(installation: string): string {
  return `${installation}/restored`;
}

/** Puts a master key into a vault and reads it back before anything relies on it. */
export async function fillVault(
  ports: VaultPorts,
  kind: VaultKind,
  content: { readonly installation: string; readonly masterKey: Buffer },
  options: { readonly replace: boolean },
): Promise<void> {
  switch (kind) {
    case 'keychain': {
      const secret = content.masterKey.toString('base64url');
      await ports.keychain.write(content.installation, secret);
      if ((await ports.keychain.read(content.installation)) === secret) return;
      throw new KeysmithError(
        'VAULT_UNWRITABLE',
        'The system keychain accepted the master key and gives back another. Nothing was changed; use the passphrase vault instead.',
      );
    }
    case 'passphrase': {
      const passphrase = await ports.passphrase();
      writeVaultFile(ports.folder, await encryptVault(content, passphrase, ports.scryptLogN), options);
      const written = await readVaultFile(ports.folder, passphrase);
      if (written.masterKey.equals(content.masterKey)) return;
      throw new KeysmithError(
        'VAULT_UNWRITABLE',
        `The vault file ${vaultPath(ports.folder)} does not hold what was written to it.`,
      );
    }
  }
}

export async function emptyVault(
  ports: Pick<VaultPorts, 'folder' | 'keychain'>,
  kind: VaultKind,
  installation: string,
): Promise<void> {
  switch (kind) {
    case 'keychain':
      return ports.keychain.remove(installation);
    case 'passphrase':
      return rmSync(vaultPath(ports.folder), { force: true });
  }
}

export function describeVault(kind: VaultKind): string {
  return kind === 'keychain' ? 'system keychain' : 'passphrase vault';
}
