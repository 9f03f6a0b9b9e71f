import { BundleError, shown } from './bundle-error.ts';
import { MANIFEST, SIGNATURE } from './bundle-source.ts';
import { type CompactJws, parseCompactJws } from './compact-jws.ts';
import type { TrustedKeys } from './parse-trust.ts';
import { type PublicKey, signatureHolds } from './public-key.ts';

const TYP = 'keysmith-bundle+jws';

/** Reads manifest.jws, believing nothing of it. @throws BUNDLE_MALFORMED */
export function parseManifestSignature(bytes: Buffer): CompactJws {
  const jws = parseCompactJws(bytes.toString('latin1'), TYP);
  if (jws) return jws;
  throw new BundleError(
    'BUNDLE_MALFORMED',
    SIGNATURE,
    `The file ${SIGNATURE} is not a compact JWS with the header alg, kid and typ ${TYP}. Copy the bundle again.`,
  );
}

/**
 * Checks that one of the trusted keys signed exactly these bytes.
 *
 * @param unknownKey makes the error when the signer is not among them
 * @throws BUNDLE_NOT_SIGNED, naming the file that was changed where it can be told
 */
export function checkManifestSignature(
  manifest: Buffer,
  jws: CompactJws,
  trusted: TrustedKeys,
  unknownKey: () => BundleError,
): void {
  const key = trusted.get(jws.kid);
  if (!key) throw unknownKey();
  // SECURITY: the algorithm is the key's. What the header says may only agree.
  if (jws.alg !== key.alg) {
    throw notSigned(SIGNATURE, `names the algorithm ${shown(jws.alg)}, and its key signs by ${key.alg}`);
  }
  const samePayload = jws.payload.equals(manifest);
  if (!signatureHolds(key, jws.input, jws.signature)) {
    throw samePayload || signedBeside(manifest, jws, key)
      ? notSigned(SIGNATURE, 'was changed: its signature does not hold')
      : notSigned(SIGNATURE, `carries a signature that does not hold, and a payload other than ${MANIFEST}`);
  }
  // SECURITY: what is used is manifest.json, so these are the bytes that must have been signed.
  if (!samePayload) throw notSigned(MANIFEST, `was changed: it is not the one that ${SIGNATURE} signs`);
}

/** Whether manifest.json is the one that was signed, and only the copy of it in manifest.jws was changed. */
function signedBeside(manifest: Buffer, { input, signature }: CompactJws, key: PublicKey): boolean {
  const header = input.subarray(0, input.indexOf('.') + 1);
  return signatureHolds(key, Buffer.concat([header, Buffer.from(manifest.toString('base64url'))]), signature);
}

function notSigned(file: string, what: string): BundleError {
  return new BundleError(
    'BUNDLE_NOT_SIGNED',
    file,
    `The file ${file} ${what}. Copy the bundle again; if that does not help, do not use it.`,
  );
}
