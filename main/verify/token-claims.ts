import { isAllowedIps } from './allowed-ips.ts';
import { type Grants, isPermissions, isRoles } from './grants.ts';
import { hasMembers, isCount, isCredentialId, isKeyId, isRecord, isText } from './shapes.ts';
import { parseStrictBytes } from './strict-json.ts';

/** What a JWT of Keysmith says. Times in seconds since the epoch. */
export interface TokenClaims extends Grants {
  readonly iss: string;
  readonly keyId: string;
  readonly audience: string;
  readonly credential: string;
  readonly issuedAt: number;
  /** Null: never. */
  readonly expiresAt: number | null;
  /** Empty: from every address. */
  readonly allowedIps: readonly string[];
  /** The token's place in a Token Status List. */
  readonly list: string;
  readonly place: number;
}

const MEMBERS = ['iss', 'sub', 'aud', 'jti', 'iat', 'exp', 'name', 'scope', 'roles', 'allowed_ips', 'status'];
const OPTIONAL = ['exp', 'scope', 'roles', 'allowed_ips'];

/** Reads the claims of a JWT; `undefined` when they have another shape. */
export function parseTokenClaims(payload: Buffer): TokenClaims | undefined {
  const claims = parseStrictBytes(payload);
  if (!isRecord(claims)) return undefined;
  const expected = MEMBERS.filter(member => !OPTIONAL.includes(member) || Object.hasOwn(claims, member));
  if (!hasMembers(claims, expected)) return undefined;
  const { iss, sub, aud, jti, iat, exp, name, scope, roles = [], allowed_ips } = claims;
  const status = parseStatus(claims.status);
  const permissions = scope === undefined ? [] : parseScope(scope);
  if (!isText(iss) || !isKeyId(sub) || !isText(aud) || !isCredentialId(jti) || !isText(name))
    return undefined;
  if (!isCount(iat) || (exp !== undefined && !isCount(exp))) return undefined;
  if (!status || !permissions || !isRoles(roles) || (scope === undefined && claims.roles === undefined)) {
    return undefined;
  }
  // SECURITY: an empty list in a token would read as "from nowhere" to one and as "from everywhere" to another.
  if (allowed_ips !== undefined && (!isAllowedIps(allowed_ips) || allowed_ips.length === 0)) return undefined;
  return {
    iss,
    keyId: sub,
    audience: aud,
    credential: jti,
    issuedAt: iat,
    expiresAt: exp ?? null,
    permissions,
    roles,
    allowedIps: allowed_ips ?? [],
    ...status,
  };
}

function parseScope(scope: unknown): readonly string[] | undefined {
  if (typeof scope !== 'string') return undefined;
  const permissions = scope === '' ? [] : scope.split(' ');
  return isPermissions(permissions) ? permissions : undefined;
}

function parseStatus(status: unknown): Pick<TokenClaims, 'list' | 'place'> | undefined {
  if (!isRecord(status) || !hasMembers(status, ['status_list'])) return undefined;
  const { status_list } = status;
  if (!isRecord(status_list) || !hasMembers(status_list, ['idx', 'uri'])) return undefined;
  const { idx, uri } = status_list;
  return isCount(idx) && isText(uri) ? { list: uri, place: idx } : undefined;
}
