import type { CredentialId, KeyId, Seconds } from './ids.ts';
import { signCompact, signCompactLater } from './jws.ts';
import type { RoleGrant } from './key.ts';
import type { Signing } from './ports.ts';
import type { SigningKey } from './signing-key.ts';

/** What a token says (RFC 7519), in the order in which it says it. Times in seconds since the epoch. */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: KeyId;
  readonly aud: string;
  readonly jti: CredentialId;
  readonly iat: Seconds;
  readonly exp?: Seconds;
  readonly name: string;
  /** Permissions, separated by spaces. */
  readonly scope?: string;
  /** Accounts are null for a global role, `*` for all accounts. */
  readonly roles?: readonly RoleGrant[];
  readonly allowed_ips?: readonly string[];
  /** The token's place in a Token Status List. */
  readonly status: { readonly status_list: { readonly idx: number; readonly uri: string } };
}

/** The issuer of an installation's tokens. */
export function issuerOf(installationId: string): string {
  return `urn:uuid:${installationId}`;
}

/** A token that was signed already: by which key, and what it says. */
export interface SignedAlready {
  readonly kid: string;
  /** The claims, as they stand in the token. */
  readonly payload: string;
  readonly token: string;
}

/**
 * A compact JWS (RFC 7515) over the claims.
 *
 * @param made is taken if this key signed exactly these claims in it; else they are signed here
 */
export function signToken(
  claims: TokenClaims,
  key: SigningKey,
  signing: Signing,
  made?: SignedAlready,
): string {
  const payload = JSON.stringify(claims);
  // SECURITY: neither a key that signs no more nor claims that no longer hold get into a token by way of one that was
  // made before.
  if (made?.kid === key.kid && made.payload === payload) return made.token;
  return signCompact('JWT', payload, key, signing);
}

/** The same, signed in another thread. */
export async function signTokenLater(
  claims: TokenClaims,
  key: SigningKey,
  signing: Signing,
): Promise<SignedAlready> {
  const payload = JSON.stringify(claims);
  return { kid: key.kid, payload, token: await signCompactLater('JWT', payload, key, signing) };
}

export interface JwtParts {
  readonly kid: string;
  readonly alg: string;
  readonly claims: { readonly sub?: unknown; readonly jti?: unknown };
  /** What the signature is over. */
  readonly input: Buffer;
  readonly signature: Buffer;
}

/** Reads the parts of something shaped like a JWT, believing none of them; `undefined` when it is not. */
export function parseJwt(text: string): JwtParts | undefined {
  const [header, claims, signature, ...rest] = text.split('.');
  if (header === undefined || claims === undefined || !signature || rest.length > 0) return undefined;
  const head = decode(header);
  const body = decode(claims);
  if (typeof head?.kid !== 'string' || typeof head.alg !== 'string' || !body) return undefined;
  return {
    kid: head.kid,
    alg: head.alg,
    claims: body,
    input: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
