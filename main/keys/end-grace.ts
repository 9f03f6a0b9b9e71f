import { KeysmithError } from './errors.ts';
import type { Seconds } from './ids.ts';
import { credentialAt, type Key } from './key.ts';
import { requireLiveKey } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';
import { refuseCredential } from './refuse-credentials.ts';

/**
 * Refuses the previous secret of a key before its grace period is over.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, TAMPERED, KEY_CHANGED when no grace period runs, STORE_*
 */
export function endGrace({ store, clock }: Ports, actor: Actor, request: { readonly key: string }): Key {
  return store.change(actor, clock, (tx, now) => endGraceIn(tx, now, request.key));
}

/** The same inside a transaction that does more. */
export function endGraceIn(tx: Writer, now: Seconds, reference: string): Key {
  const key = requireLiveKey(tx, reference);
  const credentials = tx.credentials(key.ref).map(stored => credentialAt(stored, now));
  const previous = credentials.find(({ state }) => state === 'previous');
  if (!previous) {
    throw new KeysmithError(
      'KEY_CHANGED',
      `The key ${key.id} has no previous secret that is still valid. Nothing was changed.`,
      { field: 'key' },
    );
  }
  const stamp = tx.record({
    action: 'key.end-grace',
    subject: { kind: 'key', id: key.id, ref: key.ref },
    before: { hint: previous.hint, grace_until: previous.graceUntil },
    after: { hint: previous.hint, grace_until: now },
  });
  const ended = credentials.map(credential =>
    credential.state === 'previous' ? refuseCredential(credential, 'superseded', now) : credential,
  );
  return tx.updateKey(key, key, stamp, ended);
}
