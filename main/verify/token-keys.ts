import { BundleError } from './bundle-error.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import { hasMembers, isRecord } from './shapes.ts';
import { parseStrictBytes } from './strict-json.ts';

/** The keys that sign tokens and status lists, by kid. Compromised ones are absent. */
export type TokenKeys = ReadonlyMap<string, PublicKey>;

export const JWKS = 'jwks.json';

/** Reads jwks.json (RFC 7517 §5). @throws BUNDLE_FILE_INVALID */
export function parseTokenKeys(bytes: Buffer): TokenKeys {
  const value = parseStrictBytes(bytes);
  if (!isRecord(value) || !hasMembers(value, ['keys']) || !Array.isArray(value.keys)) {
    throw invalid('It is not {"keys":[...]} as Keysmith writes it');
  }
  const keys = new Map<string, PublicKey>();
  for (const [index, entry] of value.keys.entries()) {
    const key = attempt(entry, index);
    if (keys.has(key.kid)) throw invalid(`Its key ${index + 1} stands twice`);
    keys.set(key.kid, key);
  }
  return keys;
}

function attempt(entry: unknown, index: number): PublicKey {
  try {
    return parsePublicKey(entry);
  } catch (error) {
    throw invalid(`Its key ${index + 1} ${error instanceof Error ? error.message : error}`);
  }
}

function invalid(what: string): BundleError {
  return new BundleError(
    'BUNDLE_FILE_INVALID',
    JWKS,
    `The token keys in ${JWKS} cannot be used. ${what}. Export the bundle again.`,
  );
}
