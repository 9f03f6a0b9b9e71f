import type { Accepted } from './accepted.ts';
import { BundleError, type BundleErrorCode } from './bundle-error.ts';
import { MANIFEST } from './bundle-source.ts';
import type { Manifest } from './manifest.ts';

/**
 * Bundles of a service are numbered and each names the one before. After one was accepted: none with a lower number,
 * none beside it with the same number, and the next number must follow it. Numbers may have gaps; what lies in a gap
 * is not known, so that then nothing can be said about the bundle before.
 *
 * @param hash SHA-256 of manifest.json, in hex
 * @throws BUNDLE_ROLLED_BACK, BUNDLE_FORKED, BUNDLE_CHAIN_BROKEN
 */
export function checkSequence(manifest: Manifest, hash: string, last: Accepted): void {
  const { sequence, previous } = manifest;
  if (sequence < last.sequence) {
    throw refuse(
      'BUNDLE_ROLLED_BACK',
      `This is bundle ${sequence}, and bundle ${last.sequence} was accepted before. Allowed are that one and later ones: an older bundle would let revoked keys in again.`,
    );
  }
  if (sequence === last.sequence && hash !== last.manifest) {
    throw refuse(
      'BUNDLE_FORKED',
      `Another bundle ${sequence} was accepted before, with other contents. Keysmith never gives a number twice: find out where this one comes from.`,
    );
  }
  if (sequence === last.sequence + 1 && previous !== last.manifest) {
    throw refuse(
      'BUNDLE_CHAIN_BROKEN',
      `This is bundle ${sequence}, and it does not follow the bundle ${last.sequence} that was accepted before. Find out which of the two Keysmith exported.`,
    );
  }
}

function refuse(code: BundleErrorCode, message: string): BundleError {
  return new BundleError(code, MANIFEST, message);
}
