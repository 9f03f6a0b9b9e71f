import type { PublicJwk } from './public-jwk.ts';

/** `trust.json`: what an admin hands to a service once, by hand. */
export interface TrustDocument {
  readonly format: 'keysmith-trust/1';
  readonly iss: string;
  readonly keys: readonly PublicJwk[];
}
