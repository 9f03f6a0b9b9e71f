import type { Seconds } from './ids.ts';
import { type Credential, credentialAt, type RefusalReason } from './key.ts';

/** Credentials as they are once their key is refused. */
export function refuseCredentials(
  credentials: readonly Credential[],
  reason: RefusalReason,
  at: Seconds,
): readonly Credential[] {
  return credentials.map(credential => refuseCredential(credential, reason, at));
}

/**
 * A credential as it is once it is refused: one that was valid gets time and reason, another keeps its own. A token
 * that was kept to be copied again goes.
 */
export function refuseCredential(stored: Credential, reason: RefusalReason, at: Seconds): Credential {
  const credential = credentialAt(stored, at);
  if (credential.state === 'refused') return { ...credential, tokenEncrypted: null };
  return {
    ...credential,
    state: 'refused',
    graceUntil: null,
    refusedAt: at,
    refusedReason: reason,
    tokenEncrypted: null,
  };
}
