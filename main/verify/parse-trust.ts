import { BundleError } from './bundle-error.ts';
import { parsePeopleJson } from './people-json.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import { hasMembersInAnyOrder, isIssuer, isRecord } from './shapes.ts';

/** The keys that are believed, by kid. */
export type TrustedKeys = ReadonlyMap<string, PublicKey>;

export interface Trust {
  readonly iss: string;
  readonly keys: TrustedKeys;
}

const FILE = 'trust.json';
const MAX_KEYS = 64;

/** Reads a trust document, or the text of one. @throws BUNDLE_MALFORMED */
export function parseTrustDocument(given: unknown): Trust {
  const value = typeof given === 'string' ? parseText(given) : given;
  if (!isRecord(value) || !hasMembersInAnyOrder(value, ['format', 'iss', 'keys'])) {
    throw malformed('It has other members than format, iss and keys');
  }
  if (value.format !== 'keysmith-trust/1') throw malformed('Its format is not keysmith-trust/1');
  if (!isIssuer(value.iss)) throw malformed('Its iss is not urn:uuid: and an installation ID');
  return { iss: value.iss, keys: parseTrustedKeys(value.keys, true, malformed) };
}

/**
 * Reads a list of public keys, at least one, each once.
 *
 * @param refuse makes the error out of what is wrong
 */
export function parseTrustedKeys(
  value: unknown,
  anyOrder: boolean,
  refuse: (what: string) => BundleError,
): TrustedKeys {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_KEYS) {
    throw refuse(`It does not list 1 to ${MAX_KEYS} keys`);
  }
  const keys = new Map<string, PublicKey>();
  for (const [index, entry] of value.entries()) {
    const key = attempt(entry, anyOrder, why => refuse(`Its key ${index + 1} ${why}`));
    if (keys.has(key.kid)) throw refuse(`Its key ${index + 1} stands twice`);
    keys.set(key.kid, key);
  }
  return keys;
}

function attempt(entry: unknown, anyOrder: boolean, refuse: (why: string) => BundleError): PublicKey {
  try {
    return parsePublicKey(entry, anyOrder);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}

function parseText(text: string): unknown {
  try {
    return parsePeopleJson(text);
  } catch {
    throw malformed('It is not JSON, or a member stands in it twice');
  }
}

function malformed(what: string): BundleError {
  return new BundleError(
    'BUNDLE_MALFORMED',
    FILE,
    `The trust document cannot be used. ${what}. Hand over trust.json as Keysmith wrote it.`,
  );
}
