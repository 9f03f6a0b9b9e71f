import { createHash } from 'node:crypto';
import { BundleError, shown, shownTime, type Validity } from './bundle-error.ts';
import { type BundleSource, MANIFEST, SIGNATURE } from './bundle-source.ts';
import { checkSequence } from './check-sequence.ts';
import { handoverOf, type LastAccepted } from './last-accepted.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { checkManifestSignature, parseManifestSignature } from './manifest-signature.ts';
import type { Trust, TrustedKeys } from './parse-trust.ts';
import { readBounded } from './read-file.ts';
import { isRecord } from './shapes.ts';
import { parseStrictBytes } from './strict-json.ts';

/** Bytes of the largest manifest.json or manifest.jws. */
const MAX_MANIFEST = 1_000_000;

/** What a bundle is measured against. */
export interface Expectations {
  readonly trust: Trust;
  readonly last: LastAccepted | null;
  /** The slug of the service that asks; null when any will do. */
  readonly service: string | null;
  /** Seconds since the epoch. */
  readonly at: number;
}

export interface OpenedManifest {
  readonly manifest: Manifest;
  /** SHA-256 of manifest.json, in hex. */
  readonly hash: string;
  /** The kid of the trust key that signed it. */
  readonly signer: string;
}

/**
 * Reads a bundle's manifest and decides whether it may be believed: signed by a trusted key, of the right issuer and
 * service, within its time, and not behind or beside what was accepted before. In this order.
 *
 * @throws BundleError
 */
export async function openManifest(source: BundleSource, expected: Expectations): Promise<OpenedManifest> {
  const bytes = await readBounded(source, MANIFEST, MAX_MANIFEST);
  // Base64 of the manifest is a third longer than the manifest.
  const jws = parseManifestSignature(await readBounded(source, SIGNATURE, 2 * MAX_MANIFEST));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const trusted = trustedKeys(expected);
  if (!isAcceptedAlready(hash, jws, bytes, trusted, expected)) {
    const tokenKids = trusted.has(jws.kid) ? [] : await tokenKidsOf(source);
    checkManifestSignature(bytes, jws, trusted, () =>
      tokenKids.includes(jws.kid) ? signedByTokenKey(jws.kid) : unknownSigner(jws.kid, bytes, expected),
    );
  }
  const manifest = parseManifest(bytes);
  checkIdentity(manifest, expected);
  checkTime(manifest, expected.at);
  if (expected.last) checkSequence(manifest, hash, expected.last);
  return { manifest, hash, signer: jws.kid };
}

/**
 * The keys of the last accepted manifest; but a trust document that was handed over anew, by hand, wins over them.
 *
 * SECURITY: that is the way out after a trust key was compromised. Keys of both are never believed together.
 */
function trustedKeys({ trust, last }: Expectations): TrustedKeys {
  return last && last.handover === handoverOf(trust) ? last.keys : trust.keys;
}

/**
 * A service that starts again opens the bundle it had. The key that signed it may be one that this very bundle has
 * replaced; but these are the bytes that were accepted, so the signature was checked then.
 *
 * SECURITY: not after a new trust document was handed over: what a compromised key signed must not live on.
 */
function isAcceptedAlready(
  hash: string,
  { kid, payload }: { readonly kid: string; readonly payload: Buffer },
  bytes: Buffer,
  trusted: TrustedKeys,
  { trust, last }: Expectations,
): boolean {
  return (
    last !== null &&
    last.handover === handoverOf(trust) &&
    last.manifest === hash &&
    !trusted.has(kid) &&
    payload.equals(bytes)
  );
}

/** The kids of jwks.json as it stands there, only to say better why a signature is refused. */
async function tokenKidsOf(source: BundleSource): Promise<readonly unknown[]> {
  if (!source.sizes.has('jwks.json')) return [];
  const value = parseStrictBytes(await readBounded(source, 'jwks.json', MAX_MANIFEST));
  if (!isRecord(value) || !Array.isArray(value.keys)) return [];
  return value.keys.filter(isRecord).map(({ kid }) => kid);
}

export function signedByTokenKey(kid: string): BundleError {
  return new BundleError(
    'BUNDLE_SIGNED_BY_TOKEN_KEY',
    SIGNATURE,
    `The manifest is signed by ${shown(kid)}, a key for tokens. Allowed are trust keys only: do not use this bundle.`,
  );
}

function unknownSigner(kid: string, bytes: Buffer, { trust, last, ...rest }: Expectations): BundleError {
  // Not signed by anyone who is believed: read only to say better why.
  const claimed = parseStrictBytes(bytes);
  if (isRecord(claimed) && typeof claimed.iss === 'string' && claimed.iss !== trust.iss) {
    return otherIssuer(claimed.iss, trust.iss);
  }
  const trusted = [...trustedKeys({ trust, last, ...rest }).keys()].join(', ');
  const sequence = isRecord(claimed) && typeof claimed.sequence === 'number' ? claimed.sequence : 0;
  const skipped =
    last !== null && sequence > last.sequence + 1
      ? ` This is bundle ${sequence} and the last accepted one is ${last.sequence}: the bundle that introduces the new trust key was skipped. Load the bundles in between in order, or hand over trust.json anew.`
      : ' Hand over trust.json anew if the trust key was replaced.';
  return new BundleError(
    'BUNDLE_KEY_UNKNOWN',
    SIGNATURE,
    `The manifest is signed by ${shown(kid)}, which is not trusted here. Trusted: ${trusted}.${skipped}`,
  );
}

function checkIdentity({ iss, service }: Manifest, expected: Expectations): void {
  const { trust, last } = expected;
  if (iss !== trust.iss) throw otherIssuer(iss, trust.iss);
  if (last && iss !== last.iss) throw otherIssuer(iss, last.iss);
  const wanted = expected.service ?? last?.service ?? service;
  const other = service !== wanted ? wanted : last && service !== last.service ? last.service : null;
  if (other === null) return;
  throw new BundleError(
    'BUNDLE_OTHER_SERVICE',
    MANIFEST,
    `The bundle is for the service ${service}, and ${shown(other)} is expected. Use the bundle of ${shown(other)}.`,
  );
}

function otherIssuer(found: string, expected: string): BundleError {
  return new BundleError(
    'BUNDLE_OTHER_ISSUER',
    MANIFEST,
    `The bundle comes from ${shown(found)}, and ${expected} is trusted. Use a bundle of that installation, or hand over the other's trust.json and start without a state.`,
  );
}

/** @throws BUNDLE_NOT_YET_VALID, BUNDLE_EXPIRED */
export function checkTime(validity: Validity, at: number): void {
  const { issuedAt, expiresAt } = validity;
  if (at < issuedAt) {
    throw new BundleError(
      'BUNDLE_NOT_YET_VALID',
      MANIFEST,
      `The bundle holds from ${shownTime(issuedAt)}, and it is ${shownTime(at)}. Set the clock right, or wait.`,
      { issuedAt, expiresAt },
    );
  }
  if (at >= expiresAt) {
    throw new BundleError(
      'BUNDLE_EXPIRED',
      MANIFEST,
      `The bundle ended at ${shownTime(expiresAt)}, and it is ${shownTime(at)}. Export and load a new one.`,
      { issuedAt, expiresAt },
    );
  }
}
