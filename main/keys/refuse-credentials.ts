import type { Seconds } from './ids.ts';
import type { Credential, RefusalReason } from './key.ts';

/** Credentials as they are once their key is refused: those that were valid get time and reason, others keep theirs. */
export function refuseCredentials(
  credentials: readonly Credential[],
  reason: RefusalReason,
  at: Seconds,
): readonly Credential[] {
  return credentials.map(credential =>
    credential.state === 'refused'
      ? credential
      : { ...credential, state: 'refused', graceUntil: null, refusedAt: at, refusedReason: reason },
  );
}
