import type { RandomBytes } from './base62.ts';
import { type KeyId, newCredentialId, type Seconds } from './ids.ts';
import type { Credential, Kind } from './key.ts';
import { newOpaqueToken, opaqueHint, tokenDigest } from './opaque-token.ts';
import type { Draft } from './ports.ts';
import type { Service } from './service.ts';

/**
 * Makes the secret of a key and what is kept of it.
 *
 * @returns the token, which is nowhere else, and the credential that recognises it
 */
export function issueCredential(
  key: { readonly service: Service; readonly kind: Kind; readonly id: KeyId },
  issue: { readonly now: Seconds; readonly by: string; readonly savedAt: Seconds | null },
  random: RandomBytes,
): { readonly token: string; readonly credential: Omit<Draft<Credential>, 'keyRef'> } {
  const token = newOpaqueToken(key.service.prefix, key.kind, key.id, random);
  return {
    token,
    credential: {
      id: newCredentialId(random),
      format: 'opaque',
      hint: opaqueHint(token),
      digest: tokenDigest(token),
      state: 'current',
      issuedAt: issue.now,
      issuedBy: issue.by,
      savedAt: issue.savedAt,
      graceUntil: null,
      refusedAt: null,
      refusedReason: null,
      tokenEncrypted: null,
      signingKeyRef: null,
      tokenExpiresAt: null,
      statusListRef: null,
      statusIndex: null,
    },
  };
}
