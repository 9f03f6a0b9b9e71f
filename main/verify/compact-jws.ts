import { hasMembers, isRecord } from './shapes.ts';
import { decodeBase64url, parseStrictBytes } from './strict-json.ts';

/** The parts of a compact JWS (RFC 7515 §7.1), none of them believed yet. */
export interface CompactJws {
  readonly kid: string;
  readonly alg: string;
  readonly payload: Buffer;
  /** What the signature is over. */
  readonly input: Buffer;
  readonly signature: Buffer;
}

/**
 * Reads the parts of a compact JWS; `undefined` when it is not one that Keysmith could have made.
 *
 * SECURITY: the header is exactly `{"alg","kid","typ"}`. Whatever a header could bring besides (`jwk`, `jku`, `x5c`:
 * the key to be believed; `crit`, `b64`: other rules) is refused unread.
 */
export function parseCompactJws(text: string, typ: string): CompactJws | undefined {
  const headerEnd = text.indexOf('.');
  const payloadEnd = text.indexOf('.', headerEnd + 1);
  if (headerEnd <= 0 || payloadEnd < 0) return undefined;
  const headerBytes = decodeBase64url(text.slice(0, headerEnd));
  const payload = decodeBase64url(text.slice(headerEnd + 1, payloadEnd));
  // A third dot is no base64url.
  const signature = decodeBase64url(text.slice(payloadEnd + 1));
  if (!headerBytes || !payload || !signature || signature.length === 0) return undefined;
  const header = parseStrictBytes(headerBytes);
  if (!isRecord(header) || !hasMembers(header, ['alg', 'kid', 'typ'])) return undefined;
  const { alg, kid } = header;
  if (typeof alg !== 'string' || typeof kid !== 'string' || header.typ !== typ) return undefined;
  return { kid, alg, payload, input: Buffer.from(text.slice(0, payloadEnd), 'latin1'), signature };
}
