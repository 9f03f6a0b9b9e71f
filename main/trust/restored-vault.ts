import type { AuditHead } from '../keys/audit.ts';
import type { VaultKind } from '../keys/installation.ts';
import { keyCheckOf } from './derived-keys.ts';
import { VAULT_FILE } from './passphrase-file.ts';
import { HEAD_FILE, savedHead } from './saved-head.ts';
import { openSecrets, packSecrets, type Secrets } from './secrets.ts';
import { fillVault, restoredAccount, type VaultPorts } from './vault.ts';

/** A vault that opens a restored database, and opens the replaced one as well until that has gone. */
export interface RestoredVault {
  /** What the restored database must say of it. */
  readonly keyCheck: Buffer;
  /** The head of the log that is replaced; null: none is saved. */
  readonly replacedHead: AuditHead | null;
  /** Files of a vault in the data folder that nothing takes the place of. */
  readonly away: readonly string[];
  /** Before the restored database counts: keeps its head where it goes along with it. */
  keepHead(head: AuditHead): Promise<void>;
  /** Once it counts: nothing else needs the old content any more. */
  settle(head: AuditHead): Promise<void>;
  /** It is not to be: the vault is as it was. */
  discard(): Promise<void>;
}

export interface RestoredVaultRequest {
  readonly kind: VaultKind;
  readonly installation: string;
  readonly secrets: Secrets;
  /** Where the restored data is made ready; a vault file moves from there together with it. */
  readonly staged: string;
  /** Names what the keychain keeps of the replaced data. */
  readonly aside: string;
}

/**
 * Gives the vault what opens a restored database.
 *
 * The lock is off: what a vault holds are the secrets themselves.
 *
 * @throws VAULT_*
 */
export async function giveVault(ports: VaultPorts, request: RestoredVaultRequest): Promise<RestoredVault> {
  switch (request.kind) {
    case 'keychain':
      return giveKeychain(ports, request);
    case 'passphrase':
      return giveVaultFile(ports, request);
  }
}

async function giveVaultFile(
  ports: VaultPorts,
  { installation, secrets, staged }: RestoredVaultRequest,
): Promise<RestoredVault> {
  const masterKey = packSecrets(secrets);
  try {
    await fillVault(
      { ...ports, folder: staged },
      'passphrase',
      { installation, masterKey },
      { replace: false },
    );
    return {
      keyCheck: keyCheckOf(masterKey),
      replacedHead: null,
      away: [],
      keepHead: head => savedHead('passphrase', staged, ports.keychain, installation).save(head),
      settle: async () => undefined,
      discard: async () => undefined,
    };
  } finally {
    masterKey.fill(0);
  }
}

/**
 * The keychain has one entry for an installation. Where it holds what opens the backup already, it stays as it is; where
 * it holds something else, which the replaced database needs, the new one waits under another name.
 */
async function giveKeychain(
  ports: VaultPorts,
  { installation, secrets, aside }: RestoredVaultRequest,
): Promise<RestoredVault> {
  const { keychain, folder } = ports;
  const heads = savedHead('keychain', folder, keychain, installation);
  const masterKey = packSecrets(secrets);
  const text = masterKey.toString('base64url');
  try {
    const found = await keychain.find(installation);
    const replacedHead = (await heads.load()) ?? null;
    const common = { replacedHead, away: [VAULT_FILE, HEAD_FILE], keepHead: async () => undefined };
    if (found !== null && isSame(found, masterKey)) {
      return {
        ...common,
        keyCheck: keyCheckOf(Buffer.from(found, 'base64url')),
        settle: head => heads.save(head),
        discard: async () => undefined,
      };
    }
    const account = found === null ? installation : restoredAccount(installation);
    await fillVault(ports, 'keychain', { installation: account, masterKey }, { replace: true });
    return {
      ...common,
      keyCheck: keyCheckOf(masterKey),
      async settle(head) {
        if (found !== null) {
          // The replaced data is kept, and so is what opens it.
          await keychain.write(`${installation}/${aside}`, found);
          await keychain.write(installation, text);
          await keychain.remove(account);
        }
        await heads.save(head);
      },
      discard: () => keychain.remove(account),
    };
  } finally {
    masterKey.fill(0);
  }
}

/** Whether a vault's content gives the same keys, in whatever form it has them. */
function isSame(found: string, masterKey: Buffer): boolean {
  const secrets = openSecrets(Buffer.from(found, 'base64url'));
  return secrets !== undefined && packSecrets(secrets).equals(masterKey);
}
