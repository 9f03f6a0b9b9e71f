import type { LaterMark } from '../keys/later-marks.ts';
import { requireIssuer } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { type SigningKey, toJwk } from '../keys/signing-key.ts';
import { MANIFEST } from '../verify/bundle-source.ts';
import type { Contents } from '../verify/contents.ts';
import { loadContents } from '../verify/load-contents.ts';
import { openSource } from '../verify/open-bundle.ts';
import { type OpenedManifest, openManifest } from '../verify/open-manifest.ts';
import { parseTrustDocument } from '../verify/parse-trust.ts';
import { readBounded } from '../verify/read-file.ts';
import { isCount, isRecord } from '../verify/shapes.ts';
import { parseStrictBytes } from '../verify/strict-json.ts';
import { inTurns } from './in-turns.ts';
import type { LaterState } from './later-state.ts';

const MAX_MANIFEST = 1_000_000;
const LIST_NAME = /^status-(\d+)\.jwt$/;

/** A bundle, and what it says of the time after a backup. */
export interface LaterBundle extends LaterState {
  readonly service: string;
  readonly sequence: number;
  /** SHA-256 of its manifest.json, in hex. */
  readonly hash: string;
}

/**
 * Opens a bundle as a service would, with trust keys of the installation itself. That its time is over does not count:
 * it is asked what it refuses, not what it allows.
 *
 * @param restored the state of the backup
 * @throws BundleError; BUNDLE_KEY_UNKNOWN when it is signed by a trust key that is not among these
 */
export async function openLaterBundle(
  path: string,
  restored: Reader,
  trusted: readonly SigningKey[],
): Promise<LaterBundle> {
  const source = await openSource(path);
  try {
    const trust = { format: 'keysmith-trust/1', iss: requireIssuer(restored), keys: trusted.map(toJwk) };
    const at = issuedAt(await readBounded(source, MANIFEST, MAX_MANIFEST));
    const expected = { trust: parseTrustDocument(trust), last: null, service: null, at };
    const opened = await openManifest(source, expected);
    const contents = await loadContents(source, opened);
    const { service, sequence } = opened.manifest;
    return {
      service,
      sequence,
      hash: opened.hash,
      marks: new Map([[service, markOf(opened)]]),
      signingKeys: goneKeys(contents, restored),
      async tell(planner) {
        for await (const line of inTurns(contents.revoked.all())) planner.add(line);
        for await (const line of inTurns(contents.keys.all())) planner.add(line);
      },
    };
  } finally {
    await source.close();
  }
}

/** When the bundle says that it was issued: the moment at which it is opened. What it says is checked by opening it. */
function issuedAt(manifest: Buffer): number {
  const value = parseStrictBytes(manifest);
  return isRecord(value) && isCount(value.issued_at) ? value.issued_at : 0;
}

function markOf({ manifest, hash }: OpenedManifest): LaterMark {
  const lists = [...manifest.files.keys()].map(name => Number(LIST_NAME.exec(name)?.[1] ?? 0));
  return {
    sequence: manifest.sequence,
    manifestSha256: hash,
    headSeq: manifest.auditSeq,
    lists: Math.max(0, ...lists),
    trust: new Set(manifest.trust.keys()),
  };
}

/** Signing keys that the backup has in use and the bundle publishes no more. */
function goneKeys({ tokenKeys, manifest }: Contents, restored: Reader): ReadonlyMap<string, 'gone'> {
  return new Map(
    restored
      .signingKeys()
      .filter(({ state }) => state === 'active' || state === 'verifying')
      .filter(({ kid, purpose }) => !(purpose === 'token' ? tokenKeys : manifest.trust).has(kid))
      .map(({ kid }) => [kid, 'gone']),
  );
}
