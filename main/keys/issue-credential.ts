import { type KeyId, newCredentialId, type Seconds } from './ids.ts';
import type { Credential, Kind } from './key.ts';
import { newOpaqueToken, opaqueHint, tokenDigest } from './opaque-token.ts';
import type { Draft, Ports } from './ports.ts';
import type { Service } from './service.ts';

/**
 * Makes the secret of a key and what is kept of it.
 *
 * @returns the token, which is nowhere else, and the credential that recognises it
 */
export function issueCredential(
  key: { readonly service: Service; readonly kind: Kind; readonly id: KeyId },
  issue: { readonly now: Seconds; readonly by: string; readonly savedAt: Seconds | null },
  { random, tokens }: Pick<Ports, 'random' | 'tokens'>,
): { readonly token: string; readonly credential: Omit<Draft<Credential>, 'keyRef'> } {
  const token = newOpaqueToken(key.service.prefix, key.kind, key.id, random);
  const id = newCredentialId(random);
  const isPublic = key.kind === 'public';
  return {
    token,
    credential: {
      id,
      format: 'opaque',
      hint: opaqueHint(token),
      digest: tokenDigest(token),
      state: 'current',
      issuedAt: issue.now,
      issuedBy: issue.by,
      // A token that is kept here counts as saved: it can be copied again.
      savedAt: isPublic ? issue.now : issue.savedAt,
      graceUntil: null,
      refusedAt: null,
      refusedReason: null,
      // SECURITY: a private key's token is never kept.
      tokenEncrypted: isPublic ? tokens.encrypt(token, id) : null,
      signingKeyRef: null,
      tokenExpiresAt: null,
      statusListRef: null,
      statusIndex: null,
    },
  };
}
