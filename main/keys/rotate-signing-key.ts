import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { addActiveKey, refuseTampered } from './require-signing-key.ts';
import { requireRight } from './rights.ts';
import { DEFAULT_ALG, type SigningAlg, type SigningKey, type SigningPurpose } from './signing-key.ts';

/**
 * Makes a new key sign from now on. What the old one signed still verifies. A trust key keeps its private half until
 * it is retired: the next bundle is signed with it, so that verifiers learn of the new one.
 *
 * @param request.alg as the active key's when absent
 * @throws TAMPERED, STORE_*
 */
export async function rotateSigningKey(
  { store, clock, signing }: Ports,
  actor: Actor,
  request: { readonly purpose: SigningPurpose; readonly alg?: SigningAlg | undefined },
): Promise<SigningKey> {
  const { purpose } = request;
  // The first one of a purpose would need no right of its own.
  requireRight(actor, 'signing-key.rotate');
  const made = await signing.generate(request.alg ?? store.activeSigningKey(purpose)?.alg ?? DEFAULT_ALG);
  return store.change(actor, clock, (tx, now) => {
    const old = tx.activeSigningKey(purpose);
    if (old) {
      // SECURITY: the change would seal anew what was edited by hand, and its public half would be published.
      refuseTampered(old);
      const stamp = tx.record({
        action: 'signing-key.rotate',
        subject: { kind: 'signing-key', id: old.kid, ref: old.ref },
        before: { state: old.state },
        after: { state: 'verifying', rotated_at: now, replaced_by: made.kid },
      });
      const privateEncrypted = purpose === 'trust' ? old.privateEncrypted : null;
      tx.updateSigningKey({ ...old, state: 'verifying', rotatedAt: now, privateEncrypted }, stamp);
    }
    return addActiveKey(tx, made, actor, purpose, now);
  });
}
