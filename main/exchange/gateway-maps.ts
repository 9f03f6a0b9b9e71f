import type { KeyId, Seconds } from '../keys/ids.ts';

/** What a gateway has to know of one opaque credential. */
export interface GatewayKey {
  /** SHA-256 of the whole token, 64 lower-case hex digits. */
  readonly digestHex: string;
  readonly keyId: KeyId;
  /** From this second on the credential is expired; null for never. */
  readonly notAfter: Seconds | null;
}

/**
 * A line of `haproxy/keys.map`, without its line end: `<sha256> <key ID>:<not_after or 0>`.
 *
 * The maps have no comments: they are sorted, compared and counted with everyday tools.
 */
export function keyMapLine({ digestHex, keyId, notAfter }: GatewayKey): string {
  // SECURITY: 0 reads as "never expires". A real time is never 0 or less, and must not come out as one.
  if (notAfter !== null && !(Number.isSafeInteger(notAfter) && notAfter > 0))
    throw new RangeError(`not_after of ${keyId} is ${notAfter}, not a whole number of seconds above 0`);
  return `${digestHex} ${keyId}:${notAfter ?? 0}`;
}

/** A line of `haproxy/permissions.map`, without its line end: `<key ID>:<permission> 1`. */
export function permissionMapLine(keyId: KeyId, permission: string): string {
  return `${keyId}:${permission} 1`;
}
