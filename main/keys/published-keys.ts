import { requireIssuer } from './look-up.ts';
import type { Reader } from './ports.ts';
import { type JwksKey, type SigningKey, type SigningPurpose, toJwk } from './signing-key.ts';

/** The public token keys (RFC 7517), the one that signs first: compromised and retired ones are absent. */
export function tokenJwks(reader: Reader): { readonly keys: readonly JwksKey[] } {
  return { keys: published(reader, 'token').map(toJwk) };
}

export interface TrustDocument {
  readonly format: 'keysmith-trust/1';
  readonly iss: string;
  /** The public trust keys. Token keys are never among them. */
  readonly keys: readonly JwksKey[];
}

/** What an admin hands to a service once, by hand. */
export function trustDocument(reader: Reader): TrustDocument {
  return {
    format: 'keysmith-trust/1',
    iss: requireIssuer(reader),
    keys: published(reader, 'trust').map(toJwk),
  };
}

/** SECURITY: a key that was edited by hand is not passed on as one to believe. */
function published(reader: Reader, purpose: SigningPurpose): readonly SigningKey[] {
  return reader
    .signingKeys()
    .filter(
      key =>
        key.purpose === purpose && (key.state === 'active' || key.state === 'verifying') && !key.tampered,
    )
    .sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active') || b.ref - a.ref);
}
