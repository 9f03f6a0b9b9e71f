import type { Ref, Seconds } from './ids.ts';

export const SIGNING_PURPOSES = ['token', 'trust'] as const;
/** `token` keys sign JWTs and status lists; `trust` keys sign manifests, inventories and audit heads. Never mixed. */
export type SigningPurpose = (typeof SIGNING_PURPOSES)[number];

export const SIGNING_ALGS = ['ES256', 'EdDSA', 'RS256'] as const;
/** As JWS names them (RFC 7518, RFC 8037): P-256, Ed25519, RSA of 3072 bits. */
export type SigningAlg = (typeof SIGNING_ALGS)[number];
export const DEFAULT_ALG: SigningAlg = 'ES256';

/**
 * `active`: signs. `verifying`: signs nothing new, but what it signed still holds. `retired`: nothing depends on it.
 * `compromised`: nothing that it signed holds any more.
 */
export type SigningKeyState = 'active' | 'verifying' | 'retired' | 'compromised';

/** The members of a public key that RFC 7638 takes for a thumbprint, in its order. */
export type PublicJwk =
  | { readonly crv: 'P-256'; readonly kty: 'EC'; readonly x: string; readonly y: string }
  | { readonly crv: 'Ed25519'; readonly kty: 'OKP'; readonly x: string }
  | { readonly e: string; readonly kty: 'RSA'; readonly n: string };

/** A key pair that signs for this installation. Times in seconds since the epoch. */
export interface SigningKey {
  readonly ref: Ref;
  /** RFC 7638 thumbprint of the public key: SHA-256, base64url. */
  readonly kid: string;
  readonly purpose: SigningPurpose;
  readonly alg: SigningAlg;
  readonly publicJwk: PublicJwk;
  /** PKCS #8, encrypted under the vault; null once it will sign nothing more. */
  readonly privateEncrypted: Buffer | null;
  readonly state: SigningKeyState;
  readonly createdAt: Seconds;
  readonly createdBy: string;
  readonly rotatedAt: Seconds | null;
  /** When it was retired or found compromised. */
  readonly endedAt: Seconds | null;
  readonly auditSeq: number;
  readonly tampered: boolean;
}

/** A public key as it stands in a JWKS (RFC 7517). */
export type JwksKey = PublicJwk & { readonly kid: string; readonly alg: SigningAlg; readonly use: 'sig' };

export function toJwk({ publicJwk, kid, alg }: SigningKey): JwksKey {
  return { ...publicJwk, kid, alg, use: 'sig' };
}
