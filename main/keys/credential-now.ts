import type { Seconds } from './ids.ts';
import { type Credential, credentialAt, type Key } from './key.ts';
import type { Reader } from './ports.ts';

/**
 * A credential as it counts at a moment: the clock ends grace periods, and a signature by a compromised key is worth
 * nothing, whatever the credential's own row says.
 */
export function credentialNow(
  reader: Pick<Reader, 'signingKeyByRef'>,
  stored: Credential,
  now: Seconds,
): Credential {
  const credential = credentialAt(stored, now);
  if (credential.state === 'refused' || credential.signingKeyRef === null) return credential;
  const signingKey = reader.signingKeyByRef(credential.signingKeyRef);
  // SECURITY: what a key signed is worth no more than the key; one that is gone or was edited by hand proves nothing.
  if (!signingKey || signingKey.tampered || signingKey.purpose !== 'token')
    return { ...credential, tampered: true };
  if (signingKey.state !== 'compromised') return credential;
  return {
    ...credential,
    state: 'refused',
    graceUntil: null,
    refusedAt: signingKey.endedAt,
    refusedReason: 'compromised',
    tokenEncrypted: null,
  };
}

/** Tells keys whose token was signed by a key that is marked as compromised: services refuse it. */
export function compromisedKeys(reader: Reader): (key: Key) => boolean {
  const compromised = new Set(
    reader
      .signingKeys()
      .filter(({ state }) => state === 'compromised')
      .map(({ ref }) => ref),
  );
  const isOf = ({ state, signingKeyRef }: Credential) =>
    state === 'current' && signingKeyRef !== null && compromised.has(signingKeyRef);
  return key =>
    compromised.size > 0 &&
    key.format === 'jwt' &&
    key.status !== 'revoked' &&
    reader.credentials(key.ref).some(isOf);
}
