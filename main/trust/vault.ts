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
  /**
   * Asks for the passphrase of the vault, or of an operator by name.
   *
   * @throws VAULT_PASSPHRASE_REQUIRED, PASSPHRASE_REQUIRED when nobody can be asked
   */
  readonly passphrase: (operator?: string) => Promise<string>;
  /** scrypt's work factor for a new vault file; smaller in tests. */
  readonly scryptLogN?: number | undefined;
}

type Owner = Pick<Installation, 'id' | 'vault' | 'keyCheck' | 'generation'>;

type Entry = Pick<Installation, 'id' | 'generation' | 'keyCheck'>;

/**
 * The entry of the keychain that opens an installation in a wrapping generation: the master key before the first one,
 * and from then on 32 bytes that open nothing by themselves.
 *
 * SECURITY: each try to begin a generation has a name of its own. Of two at once, the one that is refused must not
 * take away what the other one needs.
 */
export function keychainAccount({ id, generation, keyCheck }: Entry): string {
  return generation === 0 ? id : `${id}/generation-${generation}-${keyCheck.toString('hex', 0, 8)}`;
}

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
    case 'keychain':
      return Buffer.from(await ports.keychain.read(keychainAccount(owner)), 'base64url');
    case 'passphrase':
      return (await readVaultFile(ports.folder, await ports.passphrase())).masterKey;
  }
}

/** Puts a master key into a vault and reads it back before anything relies on it. */
export async function fillVault(
  ports: VaultPorts,
  kind: VaultKind,
  owner: Entry,
  masterKey: Buffer,
  options: { readonly replace: boolean },
): Promise<void> {
  switch (kind) {
    case 'keychain': {
      return writeKeychainEntry(ports.keychain, owner, masterKey);
    }
    case 'passphrase': {
      const passphrase = await ports.passphrase();
      writeVaultFile(
        ports.folder,
        await encryptVault({ installation: owner.id, masterKey }, passphrase, ports.scryptLogN),
        options,
      );
      const written = await readVaultFile(ports.folder, passphrase);
      if (written.masterKey.equals(masterKey)) return;
      throw new KeysmithError(
        'VAULT_UNWRITABLE',
        `The vault file ${vaultPath(ports.folder)} does not hold what was written to it.`,
      );
    }
  }
}

/** Writes the keychain's entry of a generation, and reads it back. @throws VAULT_* */
export async function writeKeychainEntry(keychain: Keychain, owner: Entry, bytes: Buffer): Promise<void> {
  const secret = bytes.toString('base64url');
  const account = keychainAccount(owner);
  await keychain.write(account, secret);
  if ((await keychain.read(account)) === secret) return;
  throw new KeysmithError(
    'VAULT_UNWRITABLE',
    'The system keychain accepted what opens the installation and gives back something else. Nothing was changed; use the passphrase vault instead.',
  );
}

export async function emptyVault(
  ports: Pick<VaultPorts, 'folder' | 'keychain'>,
  kind: VaultKind,
  owner: Entry,
): Promise<void> {
  switch (kind) {
    case 'keychain':
      return ports.keychain.remove(keychainAccount(owner));
    case 'passphrase':
      return rmSync(vaultPath(ports.folder), { force: true });
  }
}

export function describeVault(kind: VaultKind): string {
  return kind === 'keychain' ? 'system keychain' : 'passphrase vault';
}
