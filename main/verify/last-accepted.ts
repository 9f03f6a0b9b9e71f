import { createHash } from 'node:crypto';
import type { Accepted } from './accepted.ts';
import { BundleError } from './bundle-error.ts';
import { parseTrustedKeys, type Trust, type TrustedKeys } from './parse-trust.ts';
import { hasMembersInAnyOrder, isCount, isDigest, isIssuer, isRecord, isSlug } from './shapes.ts';

const MEMBERS = ['format', 'iss', 'service', 'sequence', 'manifest', 'trust', 'handover'];

export interface LastAccepted extends Accepted {
  readonly keys: TrustedKeys;
}

/** Reads the state that a service kept. @throws BUNDLE_MALFORMED */
export function parseAccepted(value: unknown): LastAccepted {
  if (!isRecord(value) || !hasMembersInAnyOrder(value, MEMBERS)) {
    throw malformed(`It has other members than ${MEMBERS.join(', ')}`);
  }
  const { format, iss, service, sequence, manifest, handover } = value;
  if (format !== 'keysmith-state/1') throw malformed('Its format is not keysmith-state/1');
  if (!isIssuer(iss) || !isSlug(service)) throw malformed('Its iss or service cannot be read');
  if (!isCount(sequence) || sequence === 0) throw malformed('Its sequence is not a whole number from 1');
  if (!isDigest(manifest) || !isDigest(handover)) {
    throw malformed('Its manifest or handover is not a SHA-256 in hex');
  }
  const keys = parseTrustedKeys(value.trust, true, malformed);
  const trust = [...keys.values()].map(({ jwk }) => jwk);
  return { format, iss, service, sequence, manifest, trust, handover, keys };
}

/**
 * Names a trust document by what it says: its issuer and its keys, whatever their order. SHA-256, hex.
 *
 * A document that differs from the one a state was begun with was handed over anew, by hand.
 */
export function handoverOf({ iss, keys }: Trust): string {
  return createHash('sha256')
    .update(JSON.stringify({ iss, kids: [...keys.keys()].sort() }))
    .digest('hex');
}

// SECURITY: a state that cannot be read is never taken for "none yet": that would let an old bundle in.
function malformed(what: string): BundleError {
  return new BundleError(
    'BUNDLE_MALFORMED',
    null,
    `The state of the last accepted bundle cannot be used. ${what}. Give it as it was returned, or null for the first bundle only.`,
  );
}
