import { isAllowedIps } from './allowed-ips.ts';
import { type Grants, isPermissions, isRoles } from './grants.ts';
import { hasMembers, isCount, isCredentialId, isDigest, isKeyId, isRecord, isText } from './shapes.ts';
import { parseStrict } from './strict-json.ts';

/** What a line of keys.ndjson or revoked.ndjson is found by. */
export interface CredentialLine {
  /** `cr_` and 16 base62 characters; a JWT's `jti`. */
  readonly credential: string;
  /** The key's ID. */
  readonly id: string;
  /** SHA-256 of an opaque token, lower-case hex; null for a JWT. */
  readonly sha256: string | null;
}

/** A line of keys.ndjson: a credential that is not refused. Times in seconds since the epoch. */
export interface KeyLine extends CredentialLine, Grants {
  readonly format: 'opaque' | 'jwt';
  readonly kind: 'private' | 'public';
  readonly name: string;
  readonly status: 'active' | 'disabled';
  /** The credential is expired when now ≥ this; null: never. */
  readonly not_after: number | null;
  /** Empty: from every address. */
  readonly allowed_ips: readonly string[];
}

/** A line of revoked.ndjson: a credential that is refused for ever. */
export interface RevokedLine extends CredentialLine {
  readonly reason: 'revoked' | 'removed' | 'superseded' | 'compromised';
  readonly at: number;
}

const KEY_MEMBERS = [
  'credential',
  'id',
  'format',
  'sha256',
  'kind',
  'name',
  'status',
  'not_after',
  'permissions',
  'roles',
  'allowed_ips',
];
const REVOKED_MEMBERS = ['credential', 'id', 'sha256', 'reason', 'at'];

/** Reads a line of keys.ndjson; `undefined` when it is not one. */
export function parseKeyLine(text: string): KeyLine | undefined {
  const line = parseStrict(text);
  if (!isRecord(line) || !hasMembers(line, KEY_MEMBERS)) return undefined;
  const { format, sha256, kind, status, not_after } = line;
  const holds =
    isCredentialId(line.credential) &&
    isKeyId(line.id) &&
    (format === 'opaque' ? isDigest(sha256) : format === 'jwt' && sha256 === null) &&
    (kind === 'private' || kind === 'public') &&
    isText(line.name) &&
    (status === 'active' || status === 'disabled') &&
    (not_after === null || isCount(not_after)) &&
    isPermissions(line.permissions) &&
    isRoles(line.roles) &&
    isAllowedIps(line.allowed_ips);
  return holds ? (line as unknown as KeyLine) : undefined;
}

/** Reads a line of revoked.ndjson; `undefined` when it is not one. */
export function parseRevokedLine(text: string): RevokedLine | undefined {
  const line = parseStrict(text);
  if (!isRecord(line) || !hasMembers(line, REVOKED_MEMBERS)) return undefined;
  const { sha256, reason } = line;
  const holds =
    isCredentialId(line.credential) &&
    isKeyId(line.id) &&
    (sha256 === null || isDigest(sha256)) &&
    (reason === 'revoked' || reason === 'removed' || reason === 'superseded' || reason === 'compromised') &&
    isCount(line.at);
  return holds ? (line as unknown as RevokedLine) : undefined;
}
