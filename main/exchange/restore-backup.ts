import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import type { VaultKind } from '../keys/installation.ts';
import type { Actor } from '../keys/operator.ts';
import { createStore, type OpenStore } from '../store/create-store.ts';
import { databasePath, prepareDataFolder, protectDataFolder } from '../store/data-folder.ts';
import { DATABASE_FILE, openRestored } from '../store/open-database.ts';
import { commitReplacement, finishReplacement, stageReplacement } from '../store/replace-data.ts';
import type { StoreReport } from '../store/verify-store.ts';
import { createSealKeys, createSeals } from '../trust/derived-keys.ts';
import { giveVault, type RestoredVault, replacedHead } from '../trust/restored-vault.ts';
import { forgetSecrets, openSecrets, type Secrets } from '../trust/secrets.ts';
import type { InstallationPorts } from '../trust/session.ts';
import { createSigning } from '../trust/signing.ts';
import { type Applied, applyRestore } from './apply-restore.ts';
import { cancelled, createBackground, createFileBackground } from './background.ts';
import { draftError } from './draft-error.ts';
import { gatherLater, type Later } from './gather-later.ts';
import type { Watch } from './jobs.ts';
import { openReplaced, type ReplacedDatabase } from './replaced-database.ts';

export interface RestoreRequest {
  readonly file: string;
  /** The newest bundle of each service, where they are at hand: folders or .zip files. */
  readonly bundles: readonly string[];
  /** Of the backup. */
  readonly passphrase: () => Promise<string>;
  /** Where the vault is to be; absent: where that of the replaced installation is, else what `otherVault` says. */
  readonly vault?: VaultKind | undefined;
  readonly otherVault: VaultKind;
  /** Asked before an installation is replaced. */
  readonly mayReplace: (replaced: ReplacedDatabase) => Promise<boolean>;
}

export interface RestoredInstallation {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly vault: VaultKind;
  readonly madeAt: Seconds;
  readonly backupHead: number;
  readonly replaced: ReplacedDatabase['kind'];
  /** Where the replaced data is; null: there was none. */
  readonly aside: string | null;
  readonly later: Later;
  readonly applied: Applied;
  /** What the vault could not be given yet; the installation opens all the same. Null: nothing. */
  readonly unsettled: string | null;
}

/**
 * Puts the state of a backup in the place of an installation, or where there is none, as strict as it was last known to
 * be. The data that is replaced is kept aside. Until the one step at which the new data counts, everything is as it was;
 * from then on the new data is what is opened, whenever a process dies.
 *
 * No session of the installation may be open, in this process or another.
 *
 * @param worker the program of background threads, which unpack the backup and verify it
 * @throws BACKUP_PASSPHRASE_WRONG, FILE_INVALID, FILE_UNREADABLE, TAMPERED for a backup that does not hold, CANCELLED,
 *   BundleError, VAULT_*, STORE_*
 */
export async function restoreBackup(
  ports: InstallationPorts,
  worker: URL,
  request: RestoreRequest,
  watch: Watch = {},
): Promise<RestoredInstallation> {
  const { folder } = ports;
  const requireWanted = () => {
    if (watch.signal?.aborted) throw cancelled();
  };
  const passphrase = await request.passphrase();
  const file = resolve(request.file);
  makeFolder(folder);
  finishReplacement(folder);
  const staged = stageReplacement(folder);
  const open: { close(): void }[] = [];
  let vault: RestoredVault | undefined;
  let secrets: Secrets | undefined;
  try {
    const path = join(staged, DATABASE_FILE);
    const job = { kind: 'unpack', file, path, passphrase } as const;
    const { secret, madeAt } = await createFileBackground(worker)(job, half(watch, 0)).catch(
      (error: unknown) => {
        throw draftError(error, path, databasePath(folder));
      },
    );
    secrets = secretsOf(Buffer.from(secret));
    secret.fill(0);
    const sealKeys = createSealKeys(secrets);
    const seals = createSeals(sealKeys);
    const db = openRestored(path);
    open.push(db);
    const store = createStore(db, seals);
    requireWhole(
      await createBackground(worker, { database: path, sealKeys })({ kind: 'verify' }, half(watch, 1)),
    );
    const replaced = await openReplaced(ports, store, seals);
    open.push(replaced);
    if (replaced.kind !== 'none' && !(await request.mayReplace(replaced))) throw cancelled();
    const later = await gatherLater(store, replaced, request.bundles, ports.clock());
    requireWanted();
    const { id, name } = store.installation();
    const backupHead = store.head().seq;
    const kind = request.vault ?? (replaced.kind === 'same' ? replaced.vault : request.otherVault);
    const aside = `replaced-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
    const applied = await applyRestore({
      store,
      clock: ports.clock,
      signing: createSigning(secrets.signing),
      actor: ownerOf(store),
      madeAt,
      replaced,
      later,
      vault: { kind, replacedHead: await replacedHead(ports, kind, id) },
    });
    requireWanted();
    vault = await giveVault(
      ports,
      { store, actor: ownerOf(store), secrets },
      { staged, replaced: replaced.kind === 'same' ? replaced.generation : 0 },
    );
    const head = store.head();
    await vault.keepHead(head);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const old = commitReplacement(folder, staged, { aside, away: [...vault.away] });
    const given = vault;
    vault = undefined;
    // Whoever was kept out until now finds the replacement first.
    replaced.close();
    finishReplacement(folder);
    const unsettled = await settle(given, head);
    return {
      id,
      name,
      folder,
      vault: kind,
      madeAt,
      backupHead,
      replaced: replaced.kind,
      aside: existsSync(old) ? old : null,
      later,
      applied,
      unsettled,
    };
  } finally {
    for (const each of open) each.close();
    if (secrets) forgetSecrets(secrets);
    // SECURITY: once the data counts, whatever went wrong then, the vault is all that opens it.
    const isGivenUp = existsSync(staged);
    rmSync(staged, { recursive: true, force: true });
    if (isGivenUp) await vault?.discard();
  }
}

/** The first or second half of a progress: a backup is unpacked, then verified. */
function half({ onProgress, signal }: Watch, before: 0 | 1): Watch {
  return {
    signal,
    onProgress: ({ done, total }) => onProgress?.({ done: before * total + done, total: 2 * total }),
  };
}

function makeFolder(folder: string): void {
  if (existsSync(databasePath(folder))) protectDataFolder(folder);
  else prepareDataFolder(folder);
}

function secretsOf(packed: Buffer): Secrets {
  const secrets = openSecrets(packed);
  packed.fill(0);
  if (secrets) return secrets;
  throw new KeysmithError(
    'FILE_INVALID',
    'The file opens, but what is to open its database is no master key of Keysmith. Nothing was changed.',
    { field: 'file' },
  );
}

/** @throws TAMPERED */
function requireWhole({ findings }: StoreReport): void {
  const [first] = findings;
  if (!first) return;
  throw new KeysmithError(
    'TAMPERED',
    `The backup does not hold: ${first.message}${findings.length > 1 ? ` ${findings.length - 1} more such things were found.` : ''} Nothing was changed; use another backup.`,
    { field: 'file' },
  );
}

/** Who restores: an owner of the backup. @throws TAMPERED */
function ownerOf(store: OpenStore): Actor {
  const owner = store.operators().find(({ role, removed }) => role === 'owner' && !removed);
  if (owner) return owner;
  throw new KeysmithError('TAMPERED', 'The backup has no owner. Nothing was changed; use another backup.', {
    field: 'file',
  });
}

/** What is left to do once the new data counts; whoever opens it next can do it as well. */
async function settle(vault: RestoredVault, head: ReturnType<OpenStore['head']>): Promise<string | null> {
  try {
    await vault.settle(head);
    return null;
  } catch (error) {
    if (error instanceof KeysmithError) return error.message;
    throw error;
  }
}
