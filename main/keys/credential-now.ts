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
  if (signingKey?.state !== 'compromised') return credential;
  return {
    ...credential,
    state: 'refused',
    graceUntil: null,
    refusedAt: signingKey.endedAt,
    refusedReason: 'compromised',
    tokenEncrypted: null,
  };
}
