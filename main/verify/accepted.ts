import type { PublicJwk } from './public-jwk.ts';

/**
 * What a service keeps of the last bundle it accepted, as plain JSON: with it, no older bundle and no other line of
 * bundles is accepted any more. Write it down durably before the new bundle is used.
 */
export interface Accepted {
  readonly format: 'keysmith-state/1';
  readonly iss: string;
  readonly service: string;
  readonly sequence: number;
  /** SHA-256 of manifest.json, in hex. */
  readonly manifest: string;
  /** The trust keys that this manifest carries: they sign the next one. */
  readonly trust: readonly PublicJwk[];
  /** Which trust document was handed over when this was accepted: its issuer and kids, SHA-256 in hex. */
  readonly handover: string;
}
