import type { Seconds } from './ids.ts';
import { type Credential, credentialAt } from './key.ts';
import type { Reader } from './ports.ts';

/**
 * A credential as it counts at a moment: the clock ends grace periods, and a signature by a compromised key is worth
 * nothing, whatever the credential's own row says.
 */
export function credentialNow(reader: Reader, stored: Credential, now: Seconds): Credential {
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
