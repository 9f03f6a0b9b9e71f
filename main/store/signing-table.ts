import type { Ref, Seconds } from '../keys/ids.ts';
import type { Draft, SignedBy, Stamp } from '../keys/ports.ts';
import type {
  PublicJwk,
  SigningAlg,
  SigningKey,
  SigningKeyState,
  SigningPurpose,
} from '../keys/signing-key.ts';
import type { StatusList } from '../keys/status-list.ts';
import type { Connection, SealedRow } from './connection.ts';
import { NEVER, rowToCredential } from './key-rows.ts';
import { parseJson, type Row } from './seals.ts';

/** Credentials of a signing key that are valid, or would be if their key were enabled. */
const LIVE = `c.signing_key_ref = ? AND (c.state = 'current' OR (c.state = 'previous' AND c.grace_until > ?))
  AND (c.token_expires_at IS NULL OR c.token_expires_at > ?)`;

/** When a credential stops to count by the clock alone. */
const ENDS = `min(coalesce(c.token_expires_at, ${NEVER}), coalesce(c.grace_until, ${NEVER}))`;

export function signingReader(connection: Connection) {
  const { get, select, prepare } = connection;
  const one = (where: string, ...values: (string | number)[]) => {
    const row = get('signing_key', where, ...values);
    return row && rowToSigningKey(row);
  };
  return {
    signingKeys: (): readonly SigningKey[] => select('signing_key', 'ORDER BY t.ref').map(rowToSigningKey),
    signingKey: (kid: string): SigningKey | undefined => one('WHERE t.kid = ?', kid),
    signingKeyByRef: (ref: Ref): SigningKey | undefined => one('WHERE t.ref = ?', ref),
    activeSigningKey: (purpose: SigningPurpose): SigningKey | undefined =>
      one("WHERE t.purpose = ? AND t.state = 'active'", purpose),
    signedBy(signingKey: Ref, now: Seconds): SignedBy {
      const row = prepare(
        `SELECT count(*) AS live, max(ends) AS ends, count(*) FILTER (WHERE ends = ${NEVER}) AS endless FROM
         (SELECT ${ENDS} AS ends FROM credential c WHERE ${LIVE})`,
      ).get(signingKey, now, now);
      const ends = row?.ends as number | null;
      return {
        live: row?.live as number,
        lastEnds: ends === NEVER ? null : ends,
        endless: row?.endless as number,
      };
    },
    credentialsSignedBy: (signingKey: Ref, now: Seconds, after: Ref | null, limit: number) =>
      select(
        'credential',
        `WHERE ${LIVE.replaceAll('c.', 't.')} AND t.ref > ? ORDER BY t.ref LIMIT ?`,
        signingKey,
        now,
        now,
        after ?? 0,
        limit,
      ).map(rowToCredential),
    statusLists: (serviceRef: Ref): readonly StatusList[] =>
      select('status_list', 'WHERE t.service_ref = ? ORDER BY t.number', serviceRef).map(rowToStatusList),
    statusIndexTaken: (list: Ref, index: number): boolean =>
      prepare('SELECT 1 FROM credential WHERE status_list_ref = ? AND status_index = ?').get(list, index) !==
      undefined,
  };
}

export function signingWriter(connection: Connection) {
  return {
    addSigningKey(draft: Draft<SigningKey>, { ref, seq }: Stamp): SigningKey {
      connection.insert('signing_key', signingKeyToRow(draft, ref), seq);
      return { ...draft, ref, auditSeq: seq, tampered: false };
    },
    updateSigningKey: (key: SigningKey, { seq }: Stamp): void =>
      connection.update('signing_key', signingKeyToRow(key, key.ref), seq),
    addStatusList(draft: Draft<StatusList>, { ref, seq }: Stamp): StatusList {
      connection.insert('status_list', statusListToRow(draft, ref), seq);
      return { ...draft, ref, auditSeq: seq, tampered: false };
    },
    updateStatusList: (list: StatusList, { seq }: Stamp): void =>
      connection.update('status_list', statusListToRow(list, list.ref), seq),
  };
}

function rowToSigningKey(row: SealedRow): SigningKey {
  return {
    ref: row.ref as Ref,
    kid: row.kid as string,
    purpose: row.purpose as SigningPurpose,
    alg: row.alg as SigningAlg,
    publicJwk: parseJson(row.public_jwk, {}) as PublicJwk,
    privateEncrypted: row.private_encrypted as Buffer | null,
    state: row.state as SigningKeyState,
    createdAt: row.created_at as number,
    createdBy: row.created_by as string,
    rotatedAt: row.rotated_at as number | null,
    endedAt: row.ended_at as number | null,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

function signingKeyToRow(key: Draft<SigningKey>, ref: Ref): Row {
  return {
    ref,
    kid: key.kid,
    purpose: key.purpose,
    alg: key.alg,
    public_jwk: JSON.stringify(key.publicJwk),
    private_encrypted: key.privateEncrypted,
    state: key.state,
    created_at: key.createdAt,
    created_by: key.createdBy,
    rotated_at: key.rotatedAt,
    ended_at: key.endedAt,
  };
}

function rowToStatusList(row: SealedRow): StatusList {
  return {
    ref: row.ref as Ref,
    serviceRef: row.service_ref as Ref,
    number: row.number as number,
    uri: row.uri as string,
    size: row.size as number,
    state: row.state as StatusList['state'],
    unassignedInvalid: row.unassigned_invalid === 1,
    createdAt: row.created_at as number,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

function statusListToRow(list: Draft<StatusList>, ref: Ref): Row {
  return {
    ref,
    service_ref: list.serviceRef,
    number: list.number,
    uri: list.uri,
    size: list.size,
    state: list.state,
    unassigned_invalid: list.unassignedInvalid ? 1 : 0,
    created_at: list.createdAt,
  };
}
