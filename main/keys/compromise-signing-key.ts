import { KeysmithError } from './errors.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { addActiveKey, requireSigningKey } from './require-signing-key.ts';
import type { SigningKey } from './signing-key.ts';
import { parseReason } from './text.ts';

/**
 * Says that somebody else may have a signing key: from the next bundle on nothing that it signed holds. Where it was
 * the one that signs, a new one takes its place.
 *
 * @param request.kid its `kid` or the beginning of it
 * @returns the key as it is now
 * @throws SIGNING_KEY_NOT_FOUND, SIGNING_KEY_STATE when it is compromised already, REASON_INVALID, STORE_*
 */
export async function compromiseSigningKey(
  { store, clock, signing }: Ports,
  actor: Actor,
  request: { readonly kid: string; readonly reason?: string | undefined },
): Promise<SigningKey> {
  const successor = await signing.generate(requireSigningKey(store, request.kid).alg);
  return store.change(actor, clock, (tx, now) => {
    const before = requireSigningKey(tx, request.kid);
    if (before.state === 'compromised') {
      throw new KeysmithError(
        'SIGNING_KEY_STATE',
        `The signing key ${before.kid} is marked as compromised already. Nothing was changed.`,
        { field: 'kid' },
      );
    }
    const stamp = tx.record({
      action: 'signing-key.compromise',
      subject: { kind: 'signing-key', id: before.kid, ref: before.ref },
      before: { state: before.state, ...(before.tampered && { tampered: true }) },
      after: { state: 'compromised', ended_at: now, reason: parseReason(request.reason ?? '') },
    });
    // SECURITY: the private half goes, so that nothing is signed with it any more.
    const after = { ...before, state: 'compromised', endedAt: now, privateEncrypted: null } as const;
    tx.updateSigningKey(after, stamp);
    if (before.state === 'active') addActiveKey(tx, successor, actor, before.purpose, now);
    return requireSigningKey(tx, before.kid);
  });
}
