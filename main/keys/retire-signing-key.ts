import { KeysmithError } from './errors.ts';
import { formatTime } from './expiry.ts';
import { lastBundle } from './last-bundle.ts';
import type { Actor } from './operator.ts';
import type { Ports, Reader } from './ports.ts';
import { refuseTampered, requireSigningKey } from './require-signing-key.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Takes a signing key that signs nothing new out of the published keys, once nothing depends on it.
 *
 * @param request.kid its `kid` or the beginning of it
 * @throws SIGNING_KEY_NOT_FOUND, SIGNING_KEY_STATE, SIGNING_KEY_IN_USE with how many credentials depend on it and the
 *   earliest safe date, STORE_*
 */
export function retireSigningKey(
  { store, clock }: Ports,
  actor: Actor,
  request: { readonly kid: string },
): SigningKey {
  return store.change(actor, clock, (tx, now) => {
    const before = requireSigningKey(tx, request.kid);
    // SECURITY: the change would seal anew what was edited by hand.
    refuseTampered(before);
    if (before.state !== 'verifying') {
      throw new KeysmithError(
        'SIGNING_KEY_STATE',
        `The signing key ${before.kid} is ${before.state}. Allowed are keys that were rotated and still verify.`,
        { field: 'kid' },
      );
    }
    const { live, lastEnds } = tx.signedBy(before.ref, now);
    if (live > 0) {
      const until =
        lastEnds === null
          ? 'some of them never expire, so reissue those first, or revoke their keys'
          : `the last of them ends on ${formatTime(lastEnds)}`;
      throw new KeysmithError(
        'SIGNING_KEY_IN_USE',
        `The signing key ${before.kid} cannot be retired: ${live} ${live === 1 ? 'token depends' : 'tokens depend'} on it; ${until}.`,
        { field: 'kid' },
      );
    }
    if (before.purpose === 'trust' && !isKnownToServices(tx, before)) {
      throw new KeysmithError(
        'SIGNING_KEY_IN_USE',
        `The trust key ${before.kid} cannot be retired: it still has to sign a bundle of each service, from which verifiers learn of its successor. Export those bundles first.`,
        { field: 'kid' },
      );
    }
    const stamp = tx.record({
      action: 'signing-key.retire',
      subject: { kind: 'signing-key', id: before.kid, ref: before.ref },
      before: { state: before.state },
      after: { state: 'retired', ended_at: now },
    });
    tx.updateSigningKey({ ...before, state: 'retired', endedAt: now, privateEncrypted: null }, stamp);
    return requireSigningKey(tx, before.kid);
  });
}

/** Whether every service has had a bundle since a trust key was rotated. */
function isKnownToServices(reader: Reader, { auditSeq }: SigningKey): boolean {
  return reader.services().every(service => lastBundle(reader, service).auditSeq > auditSeq);
}
