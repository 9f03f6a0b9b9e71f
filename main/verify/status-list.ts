import { BundleError } from './bundle-error.ts';
import { parseCompactJws } from './compact-jws.ts';
import type { Manifest } from './manifest.ts';
import { signatureHolds } from './public-key.ts';
import { hasMembers, isCount, isRecord } from './shapes.ts';
import { decodeStatuses, readStatus, STATUS_LIST_PLACES } from './status-list-bits.ts';
import { decodeBase64url, parseStrictBytes } from './strict-json.ts';
import type { TokenKeys } from './token-keys.ts';

const BITS = 2;
const MAX_BYTES = (STATUS_LIST_PLACES * BITS) / 8;
const NAME = /^status-([1-9]\d{0,8})\.jwt$/;

/** The statuses of up to 2^20 tokens (draft-ietf-oauth-status-list §5.1). */
export interface StatusList {
  readonly uri: string;
  /** 0 VALID, 1 INVALID, 2 SUSPENDED; `undefined` when the list has no such place. */
  at(index: number): number | undefined;
}

export function isStatusListName(name: string): boolean {
  return NAME.test(name);
}

/**
 * Reads status-<n>.jwt: signed by a token key, two bits a token, named by its own uri, and good as long as the bundle.
 *
 * @throws BUNDLE_FILE_INVALID
 */
export function parseStatusList(
  name: string,
  bytes: Buffer,
  { iss, service, expiresAt }: Manifest,
  keys: TokenKeys,
): StatusList {
  const jws = parseCompactJws(bytes.toString('latin1'), 'statuslist+jwt');
  if (!jws) throw invalid(name, 'It is not a compact JWS with the header alg, kid and typ statuslist+jwt');
  const key = keys.get(jws.kid);
  // SECURITY: the algorithm is the key's. What the header says may only agree.
  if (!key || key.alg !== jws.alg || !signatureHolds(key, jws.input, jws.signature)) {
    throw invalid(name, 'It is not signed by a key of jwks.json');
  }
  const claims = parseStrictBytes(jws.payload);
  if (!isRecord(claims) || !hasMembers(claims, ['sub', 'iat', 'exp', 'ttl', 'status_list'])) {
    throw invalid(name, 'It has other claims than sub, iat, exp, ttl and status_list');
  }
  const { sub, iat, exp, ttl, status_list } = claims;
  const uri = `${iss}/${service}/${name.replace(/\.jwt$/, '')}`;
  if (sub !== uri) throw invalid(name, `Its sub is not ${uri}`);
  if (!isCount(iat) || !isCount(exp) || !isCount(ttl))
    throw invalid(name, 'Its iat, exp or ttl is no number');
  if (exp < expiresAt) throw invalid(name, 'It ends before the bundle does');
  const packed = unpack(name, status_list);
  return { uri, at: index => readStatus(packed, BITS, index) };
}

function unpack(name: string, value: unknown): Buffer {
  if (!isRecord(value) || !hasMembers(value, ['bits', 'lst']) || value.bits !== BITS) {
    throw invalid(name, `Its status_list is not bits ${BITS} and lst`);
  }
  const { lst } = value;
  if (typeof lst !== 'string' || !decodeBase64url(lst)) throw invalid(name, 'Its lst is not base64url');
  try {
    return decodeStatuses(lst, MAX_BYTES);
  } catch {
    throw invalid(name, `Its lst is not zlib of up to ${MAX_BYTES} bytes`);
  }
}

function invalid(name: string, what: string): BundleError {
  return new BundleError(
    'BUNDLE_FILE_INVALID',
    name,
    `The status list ${name} cannot be used. ${what}. Export the bundle again.`,
  );
}
