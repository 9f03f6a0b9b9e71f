import { timingSafeEqual } from 'node:crypto';
import { credentialNow } from './credential-now.ts';
import { KeysmithError } from './errors.ts';
import { parseJwt } from './jwt.ts';
import type { Credential } from './key.ts';
import { requireLiveKey } from './look-up.ts';
import { tokenDigest } from './opaque-token.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';

/**
 * Gives the token of a public key once more. The log says who took it.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, SECRET_NOT_KEPT for a private key, TAMPERED, STORE_*
 */
export function copyToken(
  { store, clock, tokens }: Ports,
  actor: Actor,
  request: { readonly key: string },
): string {
  return store.change(actor, clock, (tx, now) => {
    const key = requireLiveKey(tx, request.key);
    const credential = tx
      .credentials(key.ref)
      .map(stored => credentialNow(tx, stored, now))
      .find(({ state }) => state === 'current');
    // SECURITY: by its kind, whatever the row holds: a private key's secret is shown once and never again.
    if (key.kind !== 'public' || !credential?.tokenEncrypted) {
      throw new KeysmithError(
        'SECRET_NOT_KEPT',
        `The secret of the key ${key.id} is not kept: a private key shows it once, when it is issued, and a token that is refused is not handed out again. Rotate the key to get a new one.`,
        { field: 'key' },
      );
    }
    const token = tokens.decrypt(credential.tokenEncrypted, credential.id);
    if (!isTokenOf(token, credential)) {
      throw new KeysmithError(
        'TAMPERED',
        `The kept token of the key ${key.id} is not the one that was issued. Rotate the key to get a new one.`,
        { field: 'key' },
      );
    }
    const stamp = tx.record({
      action: 'key.copy',
      subject: { kind: 'key', id: key.id, ref: key.ref },
      before: null,
      after: null,
    });
    tx.updateKey(key, key, stamp);
    return token;
  });
}

function isTokenOf(token: string, { format, digest, id }: Credential): boolean {
  return format === 'jwt'
    ? parseJwt(token)?.claims.jti === id
    : digest !== null && timingSafeEqual(tokenDigest(token), digest);
}
