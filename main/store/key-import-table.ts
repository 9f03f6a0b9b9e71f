import type { ImportId, Ref } from '../keys/ids.ts';
import type { ImportState, KeyImport } from '../keys/key-import.ts';
import type { Draft, Stamp } from '../keys/ports.ts';
import type { Connection, SealedRow } from './connection.ts';
import type { Services } from './key-table.ts';
import type { Row } from './seals.ts';

export function keyImportReader(connection: Connection, services: Services) {
  const toImport = (row: SealedRow) => rowToImport(row, services);
  return {
    keyImports: (): readonly KeyImport[] =>
      connection.select('key_import', 'ORDER BY t.ref DESC').map(toImport),
    keyImport(ref: Ref): KeyImport | undefined {
      const row = connection.get('key_import', 'WHERE t.ref = ?', ref);
      return row && toImport(row);
    },
  };
}

export function keyImportWriter(connection: Connection) {
  return {
    addKeyImport(draft: Draft<KeyImport>, { ref, seq }: Stamp): KeyImport {
      connection.insert('key_import', importToRow(draft, ref), seq);
      return { ...draft, ref, auditSeq: seq, tampered: false };
    },
    updateKeyImport(record: KeyImport, { seq }: Stamp): KeyImport {
      connection.update('key_import', importToRow(record, record.ref), seq);
      return { ...record, auditSeq: seq, tampered: false };
    },
  };
}

function rowToImport(row: SealedRow, services: Services): KeyImport {
  const serviceRef = row.service_ref as Ref;
  const service = services.find(serviceRef);
  return {
    ref: row.ref as Ref,
    id: row.id as ImportId,
    serviceRef,
    service: (service?.slug ?? '(gone)') as KeyImport['service'],
    file: row.file as string,
    sha256: row.sha256 as Buffer,
    rows: row.rows as number,
    done: row.done as number,
    out: row.out as string,
    bytes: row.bytes as number,
    recipient: row.recipient as string | null,
    spoolKey: row.spool_key as Buffer | null,
    sealedSha256: row.sealed_sha256 as Buffer | null,
    state: row.state as ImportState,
    startedAt: row.started_at as number,
    startedBy: row.started_by as string,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered || !service,
  };
}

function importToRow(record: Draft<KeyImport>, ref: Ref): Row {
  return {
    ref,
    id: record.id,
    service_ref: record.serviceRef,
    file: record.file,
    sha256: record.sha256,
    rows: record.rows,
    done: record.done,
    out: record.out,
    bytes: record.bytes,
    recipient: record.recipient,
    spool_key: record.spoolKey,
    sealed_sha256: record.sealedSha256,
    state: record.state,
    started_at: record.startedAt,
    started_by: record.startedBy,
  };
}
