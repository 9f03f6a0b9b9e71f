import { existsSync } from 'node:fs';
import type { AuditHead } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { VaultKind } from '../keys/installation.ts';
import { openUpToDate } from '../store/bring-up-to-date.ts';
import { createStore, type OpenStore } from '../store/create-store.ts';
import { databasePath } from '../store/data-folder.ts';
import { type Database, openAlone } from '../store/open-database.ts';
import type { Seals } from '../store/seals.ts';
import { translateError } from '../store/store-errors.ts';
import type { ClosedPorts } from '../trust/closed-installation.ts';
import { savedHead } from '../trust/saved-head.ts';
import type { VaultPorts } from '../trust/vault.ts';

/**
 * The database that a restore replaces: nothing, one of another installation, one that cannot be read (and why), or an
 * earlier or later state of the same one. It is open to nobody else until it is closed.
 */
export type ReplacedDatabase =
  | { readonly kind: 'none'; close(): void }
  | { readonly kind: 'other'; readonly name: string; readonly id: string; close(): void }
  | { readonly kind: 'unreadable'; readonly why: string; close(): void }
  | {
      readonly kind: 'same';
      readonly store: OpenStore;
      readonly name: string;
      readonly vault: VaultKind;
      /** Its wrapping generation. */
      readonly generation: number;
      /** Whether its log holds, goes up to where it was last seen, and is not older than the backup. */
      readonly whole: boolean;
      /** The entry up to which it and the backup are one; 0: they parted before. */
      readonly since: number;
      /** Whether everything in it is in the backup as well. */
      readonly isOlder: boolean;
      close(): void;
    };

const NOTHING = () => undefined;

/**
 * Opens the database of a data folder with the keys of a backup: rows of the same installation are under the same seals.
 *
 * @throws STORE_BUSY when another process has it open, STORE_READ_ONLY
 */
export async function openReplaced(
  ports: VaultPorts & ClosedPorts,
  restored: OpenStore,
  seals: Seals,
): Promise<ReplacedDatabase> {
  const path = databasePath(ports.folder);
  if (!existsSync(path)) return { kind: 'none', close: NOTHING };
  let db: Database;
  try {
    // What it refused counts, also where it is of an older version.
    (await openUpToDate(path, ports.update)).close();
    db = openAlone(path);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { kind: 'unreadable', why: error.message, close: NOTHING };
  }
  try {
    return await classify(ports, restored, seals, db);
  } catch (thrown) {
    const error = translateError(path, thrown);
    if (!isUnreadable(error)) {
      db.close();
      throw error;
    }
    return { kind: 'unreadable', why: error.message, close: () => void db.close() };
  }
}

/** Nothing can be learned from it; it is kept as it is. */
export function isUnreadable(error: unknown): error is KeysmithError {
  return (
    error instanceof KeysmithError &&
    ['STORE_DAMAGED', 'STORE_EMPTY', 'STORE_FOREIGN', 'STORE_NEWER', 'TAMPERED'].includes(error.code)
  );
}

async function classify(
  ports: VaultPorts,
  restored: OpenStore,
  seals: Seals,
  db: Database,
): Promise<ReplacedDatabase> {
  const close = () => void db.close();
  const store = createStore(db, seals);
  const installation = store.installation();
  const { id, name, vault, generation } = installation;
  if (id !== restored.installation().id) return { kind: 'other', id, name, close };
  if (installation.tampered) {
    return {
      kind: 'unreadable',
      why: 'The keys of the backup are not those of the database that is there, or it was changed outside Keysmith.',
      close,
    };
  }
  const isLater = store.contains(restored.head());
  const isOlder = !isLater && restored.contains(store.head());
  const holds = store.firstBrokenEntry() === undefined;
  const saved = await loadSaved(ports, vault, id);
  const whole =
    !isOlder && holds && saved !== undefined && (store.contains(saved) || store.hasReplaced(saved));
  return {
    kind: 'same',
    store,
    name,
    vault,
    generation,
    whole,
    since: isLater ? restored.head().seq : 0,
    isOlder,
    close,
  };
}

/** Where it cannot be asked, whether the log is whole is not known, and is not taken for granted. */
async function loadSaved(ports: VaultPorts, vault: VaultKind, id: string): Promise<AuditHead | undefined> {
  try {
    return await savedHead(vault, ports.folder, ports.keychain, id).load();
  } catch (error) {
    if (error instanceof KeysmithError) return undefined;
    throw error;
  }
}
