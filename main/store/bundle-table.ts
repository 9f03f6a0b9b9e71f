import type { BundleRecord } from '../keys/bundle.ts';
import { BUNDLED_ACTIONS, BUNDLED_MEMBERS } from '../keys/bundle-changes.ts';
import type { Ref, Seconds } from '../keys/ids.ts';
import type { ChangedKey, Draft, Stamp } from '../keys/ports.ts';
import type { Connection, SealedRow } from './connection.ts';
import type { Row } from './seals.ts';

/** Audit entries that change what a bundle says of a key; an edit only where it touched such a member. */
const CHANGES_BUNDLE = `a.subject_kind = 'key' AND a.action IN (${BUNDLED_ACTIONS.map(action => `'${action}'`).join(', ')})
  AND (a.action <> 'key.edit' OR ${BUNDLED_MEMBERS.map(member => `json_type(a.after, '$.${member}') IS NOT NULL`).join(' OR ')})`;

const OF_SERVICE = `(EXISTS (SELECT 1 FROM key k WHERE k.ref = a.subject_ref AND k.service_ref = ?)
  OR EXISTS (SELECT 1 FROM tombstone t WHERE t.ref = a.subject_ref AND t.service_ref = ?))`;

const CHANGES_STATUS = "a.action IN ('key.disable', 'key.enable', 'key.revoke', 'key.remove')";

export function bundleReader(connection: Connection) {
  const { get, select, prepare } = connection;
  return {
    latestBundle(serviceRef: Ref): BundleRecord | undefined {
      const row = get('bundle', 'WHERE t.service_ref = ? ORDER BY t.sequence DESC LIMIT 1', serviceRef);
      return row && rowToBundle(row);
    },
    bundles: (serviceRef: Ref, limit: number): readonly BundleRecord[] =>
      select('bundle', 'WHERE t.service_ref = ? ORDER BY t.sequence DESC LIMIT ?', serviceRef, limit).map(
        rowToBundle,
      ),
    changedKeys: (serviceRef: Ref, after: number, upTo: number): readonly ChangedKey[] =>
      prepare(
        `SELECT a.subject_ref AS ref, a.action AS action FROM audit a
         WHERE a.seq > ? AND a.seq <= ? AND ${CHANGES_BUNDLE} AND ${OF_SERVICE} ORDER BY a.seq`,
      )
        .all(after, upTo, serviceRef, serviceRef)
        .map(row => ({ ref: row.ref as Ref, action: row.action as ChangedKey['action'] })),
    lastStatusChange(key: Ref, since: number): ChangedKey['action'] | undefined {
      const row = prepare(
        `SELECT a.action AS action FROM audit a WHERE a.subject_ref = ? AND a.seq > ? AND ${CHANGES_STATUS} ORDER BY a.seq DESC LIMIT 1`,
      ).get(key, since);
      return row?.action as ChangedKey['action'] | undefined;
    },
    isChangedSince: (key: Ref, since: number): boolean =>
      prepare(
        `SELECT 1 FROM audit a WHERE a.subject_ref = ? AND a.seq > ? AND ${CHANGES_BUNDLE} LIMIT 1`,
      ).get(key, since) !== undefined,
    isAudienceChangedSince: (service: Ref, since: number): boolean =>
      prepare(
        "SELECT 1 FROM audit WHERE subject_ref = ? AND seq > ? AND action = 'service.edit' AND json_type(after, '$.audience') IS NOT NULL LIMIT 1",
      ).get(service, since) !== undefined,
  };
}

export function bundleWriter(connection: Connection) {
  return {
    addBundle(draft: Draft<BundleRecord>, { ref, seq }: Stamp): BundleRecord {
      connection.insert('bundle', bundleToRow(draft, ref), seq);
      return { ...draft, ref, auditSeq: seq, tampered: false };
    },
  };
}

function rowToBundle(row: SealedRow): BundleRecord {
  return {
    ref: row.ref as Ref,
    serviceRef: row.service_ref as Ref,
    sequence: row.sequence as number,
    issuedAt: row.issued_at as Seconds,
    expiresAt: row.expires_at as Seconds,
    manifestSha256: row.manifest_sha256 as Buffer,
    previousSha256: row.previous_sha256 as Buffer | null,
    headSeq: row.head_seq as number,
    signingKeyRef: row.signing_key_ref as Ref,
    createdBy: row.created_by as string,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

function bundleToRow(bundle: Draft<BundleRecord>, ref: Ref): Row {
  return {
    ref,
    service_ref: bundle.serviceRef,
    sequence: bundle.sequence,
    issued_at: bundle.issuedAt,
    expires_at: bundle.expiresAt,
    manifest_sha256: bundle.manifestSha256,
    previous_sha256: bundle.previousSha256,
    head_seq: bundle.headSeq,
    signing_key_ref: bundle.signingKeyRef,
    created_by: bundle.createdBy,
  };
}
