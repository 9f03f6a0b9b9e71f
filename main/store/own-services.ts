import type { Ref } from '../keys/ids.ts';
import type { Actor } from '../keys/operator.ts';
import type { Change } from '../keys/ports.ts';
import { requireKeyRight } from '../keys/rights.ts';
import type { Connection } from './connection.ts';
import type { keyImportWriter } from './key-import-table.ts';
import type { keyWriter, Services } from './key-table.ts';

/**
 * Lets an operator write the keys of those services alone that the role may manage.
 *
 * @returns the writer, and what asks the same before an entry about a key that exists is written: nothing of it may
 *   stay in a transaction that goes on
 */
export function keysOfOwnServices(
  connection: Connection,
  writer: KeyWriter,
  actor: Actor,
  services: Services,
) {
  const own = new Set<Ref>();
  const requireOwn = (serviceRef: Ref) => {
    if (own.has(serviceRef)) return;
    requireKeyRight(actor, services.byRef(serviceRef));
    own.add(serviceRef);
  };
  const requireOwnSubject = ({ subject: { kind, ref } }: Change) => {
    const table = kind === 'key' ? 'key' : kind === 'key-import' ? 'key_import' : undefined;
    const row =
      table && ref !== undefined
        ? connection.prepare(`SELECT service_ref FROM ${table} WHERE ref = ?`).get(ref)
        : undefined;
    if (row) requireOwn(row.service_ref as Ref);
  };
  const keys: KeyWriter = {
    addKey(key, credential, stamp) {
      requireOwn(key.serviceRef);
      return writer.addKey(key, credential, stamp);
    },
    updateKey(before, after, stamp, credentials) {
      requireOwn(after.serviceRef);
      return writer.updateKey(before, after, stamp, credentials);
    },
    removeKey(key, tombstone, stamp, credentials) {
      requireOwn(key.serviceRef);
      return writer.removeKey(key, tombstone, stamp, credentials);
    },
    addCredential: writer.addCredential,
    addKeys(added) {
      for (const { key } of added) requireOwn(key.serviceRef);
      writer.addKeys(added);
    },
    addKeyImport(draft, stamp) {
      requireOwn(draft.serviceRef);
      return writer.addKeyImport(draft, stamp);
    },
    updateKeyImport(record, stamp) {
      requireOwn(record.serviceRef);
      return writer.updateKeyImport(record, stamp);
    },
  };
  return { keys, requireOwnSubject };
}

type KeyWriter = ReturnType<typeof keyWriter> & ReturnType<typeof keyImportWriter>;
