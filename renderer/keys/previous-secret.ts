import type { CredentialView, KeyDetail } from '../../preload/contract.ts';

/** A secret that was replaced and is still valid. */
export type PreviousSecret = CredentialView & { readonly graceUntil: number };

/** The secret of a key that is in its grace period; null when there is none. */
export function previousSecret(detail: KeyDetail | undefined): PreviousSecret | null {
  return detail?.credentials.find(isPrevious) ?? null;
}

function isPrevious(credential: CredentialView): credential is PreviousSecret {
  return credential.state === 'previous' && credential.graceUntil !== null;
}
