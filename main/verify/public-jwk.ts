interface Named {
  /** RFC 7638 thumbprint: SHA-256, base64url. */
  readonly kid: string;
  readonly use: 'sig';
}

/** A public key as it stands in trust.json, manifests and jwks.json (RFC 7517): P-256, Ed25519, or RSA. */
export type PublicJwk =
  | (Named & {
      readonly crv: 'P-256';
      readonly kty: 'EC';
      readonly x: string;
      readonly y: string;
      readonly alg: 'ES256';
    })
  | (Named & { readonly crv: 'Ed25519'; readonly kty: 'OKP'; readonly x: string; readonly alg: 'EdDSA' })
  | (Named & { readonly e: string; readonly kty: 'RSA'; readonly n: string; readonly alg: 'RS256' });
