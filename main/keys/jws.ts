import type { Signing } from './ports.ts';
import type { SigningKey } from './signing-key.ts';

/** What a JWS is for, so that one kind never passes for another. */
export type JwsType =
  | 'JWT'
  | 'statuslist+jwt'
  | 'keysmith-bundle+jws'
  | 'keysmith-inventory+jws'
  | 'keysmith-audit+jws';

/** A compact JWS (RFC 7515) over exactly these bytes. @throws TAMPERED */
export function signCompact(
  typ: JwsType,
  payload: Uint8Array | string,
  key: SigningKey,
  signing: Signing,
): string {
  const input = signingInput(typ, payload, key);
  return compactOf(input, signing.sign(key, Buffer.from(input)));
}

/** The same, signed in another thread. @throws TAMPERED */
export async function signCompactLater(
  typ: JwsType,
  payload: Uint8Array | string,
  key: SigningKey,
  signing: Signing,
): Promise<string> {
  const input = signingInput(typ, payload, key);
  return compactOf(input, await signing.signLater(key, Buffer.from(input)));
}

function compactOf(input: string, signature: Buffer): string {
  return `${input}.${signature.toString('base64url')}`;
}

/** What the signature of a compact JWS is over: header and payload. */
function signingInput(
  typ: JwsType,
  payload: Uint8Array | string,
  { alg, kid }: Pick<SigningKey, 'alg' | 'kid'>,
): string {
  const encoded = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
  return `${encoded(JSON.stringify({ alg, kid, typ }))}.${encoded(payload)}`;
}
