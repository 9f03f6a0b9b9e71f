import { BundleError } from './bundle-error.ts';
import { type BundleSource, MANIFEST, SIGNATURE } from './bundle-source.ts';
import type { Contents } from './contents.ts';
import { parseKeyLine, parseRevokedLine } from './key-lines.ts';
import { indexLines } from './line-index.ts';
import type { Manifest } from './manifest.ts';
import { type OpenedManifest, signedByTokenKey } from './open-manifest.ts';
import { fileMissing, readListed } from './read-file.ts';
import { isStatusListName, parseStatusList } from './status-list.ts';
import { JWKS, parseTokenKeys, type TokenKeys } from './token-keys.ts';

const KEYS = 'keys.ndjson';
const REVOKED = 'revoked.ndjson';

/**
 * Reads the files that a believed manifest lists: first all of them against what was signed, then what they say.
 *
 * @throws BundleError
 */
export async function loadContents(source: BundleSource, opened: OpenedManifest): Promise<Contents> {
  const { manifest } = opened;
  checkNames(source, manifest);
  const kept = new Map<string, Buffer>();
  for (const [name, listed] of manifest.files) {
    const wanted = name === JWKS || name === KEYS || name === REVOKED || isStatusListName(name);
    const bytes = await readListed(source, name, listed, wanted);
    if (wanted) kept.set(name, bytes);
  }
  const bytesOf = (name: string) => kept.get(name) ?? Buffer.alloc(0);
  const tokenKeys = parseTokenKeys(bytesOf(JWKS));
  checkPurposes(tokenKeys, opened);
  const lists = [...kept]
    .filter(([name]) => isStatusListName(name))
    .map(([name, bytes]) => parseStatusList(name, bytes, manifest, tokenKeys));
  return {
    manifest,
    tokenKeys,
    lists: new Map(lists.map(list => [list.uri, list])),
    revoked: await indexLines(REVOKED, bytesOf(REVOKED), parseRevokedLine),
    keys: await indexLines(KEYS, bytesOf(KEYS), parseKeyLine),
  };
}

/** None missing, none beside the list. */
function checkNames({ sizes }: BundleSource, { files }: Manifest): void {
  for (const name of files.keys()) if (!sizes.has(name)) throw fileMissing(name);
  for (const name of sizes.keys()) {
    if (files.has(name) || name === MANIFEST || name === SIGNATURE) continue;
    throw new BundleError(
      'BUNDLE_FILE_UNLISTED',
      name,
      `The file ${name} is in the bundle, and the manifest does not list it. Remove it, or copy the bundle again.`,
    );
  }
}

/** SECURITY: a key is for tokens or for bundles. One that is given for both is believed for neither. */
function checkPurposes(tokenKeys: TokenKeys, { manifest, signer }: OpenedManifest): void {
  if (tokenKeys.has(signer)) throw signedByTokenKey(signer);
  const both = [...manifest.trust.keys()].find(kid => tokenKeys.has(kid));
  if (both === undefined) return;
  throw new BundleError(
    'BUNDLE_FILE_INVALID',
    JWKS,
    `The key ${both} stands in ${JWKS} and among the trust keys. Allowed is one of the two: do not use this bundle.`,
  );
}
