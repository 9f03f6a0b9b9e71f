import type { AuditHead } from '../keys/audit.ts';
import type { VaultKind } from '../keys/installation.ts';
import { asTheyAre, beginGeneration, type GenerationContext } from './begin-generation.ts';
import { VAULT_FILE } from './passphrase-file.ts';
import { HEAD_FILE, savedHead } from './saved-head.ts';
import { forgetSecrets } from './secrets.ts';
import type { InstallationPorts } from './session.ts';

/** A vault that opens a restored database, beside whatever opens the replaced one. */
export interface RestoredVault {
  /**
   * Files of a vault in the data folder that go aside although nothing takes their place. Never one that is staged:
   * whoever brings the replacement to its end a second time would take the new one for the old.
   */
  readonly away: readonly string[];
  /** Before the restored database counts: keeps its head where it goes along with it. */
  keepHead(head: AuditHead): Promise<void>;
  /** Once it counts. */
  settle(head: AuditHead): Promise<void>;
  /** It is not to be: the vault is as it was. */
  discard(): Promise<void>;
}

/** The head of the log that is replaced; null: none is saved. */
export async function replacedHead(
  { folder, keychain }: InstallationPorts,
  kind: VaultKind,
  installation: string,
): Promise<AuditHead | null> {
  if (kind === 'passphrase') return null;
  return (await savedHead(kind, folder, keychain, installation).load()) ?? null;
}

/**
 * Gives the vault what opens a restored database, in a wrapping generation of its own: operators keep the passphrases
 * that the backup has of them, and the entry of the keychain that opens the replaced data stays.
 *
 * @param staged where the restored data is made ready; a vault file moves from there together with it
 * @param replaced the wrapping generation of the data that is replaced; 0 where there is none of this installation
 * @throws TAMPERED, VAULT_*, STORE_*
 */
export async function giveVault(
  ports: InstallationPorts,
  context: GenerationContext,
  { staged, replaced }: { readonly staged: string; readonly replaced: number },
): Promise<RestoredVault> {
  const { id, vault, lockEnabled, generation } = context.store.installation();
  const begun = await beginGeneration(
    context,
    { ...ports, folder: staged },
    {
      action: 'installation.rewrap',
      lockEnabled,
      operators: asTheyAre(context),
      stretched: new Map(),
      after: Math.max(replaced, generation),
    },
  );
  forgetSecrets(begun.secrets);
  const folder = vault === 'passphrase' ? staged : ports.folder;
  const head = savedHead(vault, folder, ports.keychain, id);
  return {
    away: vault === 'keychain' ? [VAULT_FILE, HEAD_FILE] : lockEnabled ? [VAULT_FILE] : [],
    keepHead: async entry => {
      if (vault === 'passphrase') await head.save(entry);
    },
    settle: async entry => {
      if (vault === 'keychain') await head.save(entry);
    },
    discard: () => begun.takeBack(),
  };
}
