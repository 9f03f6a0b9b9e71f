import type { Seconds } from './ids.ts';
import { type Credential, credentialAt, type RefusalReason } from './key.ts';

/**
 * Credentials as they are once their key is refused: those that were valid get time and reason, others keep theirs.
 * A token that was kept to be copied again goes.
 */
export function refuseCredentials(
  credentials: readonly Credential[],
  reason: RefusalReason,
  at: Seconds,
): readonly Credential[] {
  return credentials.map(stored => {
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
  });
}
