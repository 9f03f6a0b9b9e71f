import type { AuditHead } from '../keys/audit.ts';
import type { RandomBytes } from '../keys/base62.ts';
import type { Clock } from '../keys/ids.ts';
import type { Actor, OperatorRole } from '../keys/operator.ts';
import type { Ports } from '../keys/ports.ts';
import type { Update } from '../store/bring-up-to-date.ts';
import { createStore, type OpenStore, type WriteStep } from '../store/create-store.ts';
import { databasePath } from '../store/data-folder.ts';
import type { Database } from '../store/open-database.ts';
import { createSealKeys, createSeals, type SealKeys } from './derived-keys.ts';
import { type SavedHead, savedHead } from './saved-head.ts';
import { forgetSecrets, type Secrets } from './secrets.ts';
import { createSigning } from './signing.ts';
import { createTokenCipher } from './token-cipher.ts';
import type { VaultPorts } from './vault.ts';

/** What an installation needs of its surroundings, to be made or opened. */
export interface InstallationPorts extends VaultPorts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Brings a database of an older version up to date; absent: in this thread. */
  readonly update?: Update | undefined;
  /** Who opens it; may be left out where there is only one operator. */
  readonly operator?: string | undefined;
  readonly onStep?: ((step: WriteStep) => void) | undefined;
}

/** How a session begins. */
export interface SessionStart {
  readonly operator: string;
  readonly generation: number;
  readonly lockEnabled: boolean;
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
  /** The wrapping generation whose keys are at hand. */
  readonly generation: number;
  /** Whether it was opened with a passphrase of the operator's. SECURITY: whatever the database says meanwhile. */
  readonly lockEnabled: boolean;
  /** True when another process began a new wrapping generation: it has to be opened anew. */
  readonly outlived: boolean;
  /** Saves the audit head outside the database, and closes it. */
  close(): Promise<void>;
  /** Closes the database and overwrites the keys, at once. */
  drop(): void;
}

/**
 * Puts a session together over an open database.
 *
 * @param secrets of the generation; overwritten when the session is closed
 */
export async function startSession(
  ports: InstallationPorts,
  db: Database,
  secrets: Secrets,
  { operator: name, generation, lockEnabled }: SessionStart,
): Promise<Session> {
  const { clock, random, folder, keychain, onStep } = ports;
  const sealKeys = createSealKeys(secrets);
  const seals = createSeals(sealKeys);
  const store = createStore(db, seals, { onStep, generation });
  const head = () => {
    const { vault, id } = store.installation();
    return savedHead(vault, folder, keychain, id);
  };
  const saved = await loadHead(store, head());
  const drop = () => {
    store.close();
    seals.forget();
    forgetSecrets(secrets);
  };
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
    // As the database has it now: another process may have given the operator another role.
    get actor() {
      return { name, role: roleOf(store, name) };
    },
    readAccess: { database: databasePath(folder), sealKeys },
    get savedHead() {
      return head();
    },
    // Every installation saves a head; one that is gone was taken away.
    logShortened: saved === undefined || !store.contains(saved),
    generation,
    lockEnabled,
    get outlived() {
      return store.installation().generation !== generation;
    },
    async close() {
      try {
        await saveHead(store, head());
      } finally {
        drop();
      }
    },
    drop,
  };
}

function roleOf(store: OpenStore, name: string): OperatorRole {
  // Whoever is not there may do nothing; the store refuses their changes.
  return store.operators().find(each => each.name === name && !each.removed)?.role ?? 'viewer';
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
