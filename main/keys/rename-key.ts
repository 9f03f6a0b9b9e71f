import { requireFreeName } from './create-key.ts';
import { KeysmithError } from './errors.ts';
import { isStale, type Key } from './key.ts';
import { requireLiveKey, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { parseName } from './text.ts';

/**
 * Gives a key another name, where the service's policy allows it.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, TAMPERED, RENAME_NOT_ALLOWED, NAME_INVALID, NAME_TAKEN, STORE_*
 */
export function renameKey(
  { store, clock }: Ports,
  actor: Actor,
  request: { readonly key: string; readonly name: string },
): Key {
  return store.change(actor, clock, tx => {
    const before = requireLiveKey(tx, request.key);
    const service = requireService(tx, before.service);
    if (!service.policy.renamable) {
      throw new KeysmithError(
        'RENAME_NOT_ALLOWED',
        `The key ${before.id} cannot be renamed: the policy of the service ${service.slug} fixes names at creation.`,
        { field: 'name' },
      );
    }
    const name = parseName(request.name);
    if (name === before.name) return before;
    requireFreeName(tx, service.ref, name, before.ref);
    const stamp = tx.record({
      action: 'key.rename',
      subject: { kind: 'key', id: before.id, ref: before.ref },
      before: { name: before.name },
      after: { name },
    });
    const after = { ...before, name };
    return tx.updateKey(before, { ...after, stale: isStale(before, after) }, stamp);
  });
}
