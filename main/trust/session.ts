import type { AuditHead } from '../keys/audit.ts';
import type { RandomBytes } from '../keys/base62.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Clock } from '../keys/ids.ts';
import type { Actor } from '../keys/operator.ts';
import type { Ports } from '../keys/ports.ts';
import type { OpenStore, WriteStep } from '../store/create-store.ts';
import { databasePath } from '../store/data-folder.ts';
import { createSealKeys, type SealKeys } from './derived-keys.ts';
import { type SavedHead, savedHead } from './saved-head.ts';
import { forgetSecrets, type Secrets } from './secrets.ts';
import { createSigning } from './signing.ts';
import { createTokenCipher } from './token-cipher.ts';
import type { VaultPorts } from './vault.ts';

/** What an installation needs of its surroundings, to be made or opened. */
export interface InstallationPorts extends VaultPorts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly onStep?: ((step: WriteStep) => void) | undefined;
}

/** Opens the database for reading, seals and all. SECURITY: nothing can be decrypted or signed with it. */
export interface ReadAccess {
  readonly database: string;
  readonly sealKeys: SealKeys;
}

/** An installation whose vault is open: what every face of Keysmith works with. */
export interface Session {
  readonly ports: Ports;
  readonly store: OpenStore;
  readonly actor: Actor;
  /** Where the head of the log is kept for the vault that the installation has now. */
  readonly savedHead: SavedHead;
  /** SECURITY: what a backup holds, and what is wrapped for operators; never leaves the main process otherwise. */
  readonly secrets: Secrets;
  /** What a worker needs to read the database on a connection of its own. */
  readonly readAccess: ReadAccess;
  /** True when the audit log no longer goes through the head that was saved: entries are gone or were changed. */
  readonly logShortened: boolean;
  /** Saves the audit head outside the database, and closes it. */
  close(): Promise<void>;
}

export async function startSession(
  ports: InstallationPorts,
  store: OpenStore,
  secrets: Secrets,
): Promise<Session> {
  const { clock, random, folder, keychain } = ports;
  const owner = store.operators().find(operator => !operator.removed);
  if (!owner) {
    throw new KeysmithError(
      'TAMPERED',
      'The installation has no operator left: its database was changed outside Keysmith. Restore a backup.',
    );
  }
  const head = () => {
    const { vault, id } = store.installation();
    return savedHead(vault, folder, keychain, id);
  };
  const saved = await loadHead(store, head());
  return {
    ports: {
      store,
      clock,
      random,
      tokens: createTokenCipher(secrets.tokens),
      signing: createSigning(secrets.signing),
    },
    secrets,
    store,
    actor: owner,
    readAccess: { database: databasePath(folder), sealKeys: createSealKeys(secrets) },
    get savedHead() {
      return head();
    },
    // Every installation saves a head; one that is gone was taken away.
    logShortened: saved === undefined || !store.contains(saved),
    async close() {
      try {
        await saveHead(store, head());
      } finally {
        store.close();
        forgetSecrets(secrets);
      }
    },
  };
}

/** The saved head. Where a restore died before it could save its own, that is done now. */
async function loadHead(store: OpenStore, savedHead: SavedHead): Promise<AuditHead | undefined> {
  const saved = await savedHead.load();
  if (!saved || store.contains(saved) || !store.hasReplaced(saved)) return saved;
  const head = store.head();
  await savedHead.save(head);
  return head;
}

/**
 * Saves the head of the log where the saved one is older. A log that does not go through the saved head leaves it
 * as it is: that head is the evidence.
 */
export async function saveHead(store: OpenStore, savedHead: SavedHead): Promise<void> {
  const head = store.head();
  const saved = await savedHead.load();
  if (saved && (saved.seq >= head.seq || !store.contains(saved))) return;
  await savedHead.save(head);
}
