import { BundleError, shown } from './bundle-error.ts';
import { isBundleName, MANIFEST, SIGNATURE } from './bundle-source.ts';
import { parseTrustedKeys, type TrustedKeys } from './parse-trust.ts';
import {
  hasMembers,
  isCount,
  isDigest,
  isIssuer,
  isRecord,
  isSlug,
  isText,
  type JsonRecord,
} from './shapes.ts';
import { parseStrictBytes } from './strict-json.ts';

export interface ListedFile {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What manifest.json says. Times in seconds since the epoch. */
export interface Manifest {
  readonly iss: string;
  readonly service: string;
  readonly audience: string;
  /** From 1, by service. */
  readonly sequence: number;
  readonly issuedAt: number;
  /** The bundle is not to be used when now ≥ this. */
  readonly expiresAt: number;
  /** SHA-256 of the manifest before, in hex; null when there was none. */
  readonly previous: string | null;
  /** The trust keys that hold from the next bundle on. */
  readonly trust: TrustedKeys;
  /** The audit entry up to which the bundle knows what happened. */
  readonly auditSeq: number;
  readonly files: ReadonlyMap<string, ListedFile>;
}

const MEMBERS = [
  'format',
  'iss',
  'service',
  'aud',
  'sequence',
  'issued_at',
  'expires_at',
  'previous',
  'trust',
  'audit',
  'files',
];
/** Without these no verdict can be given. */
const REQUIRED = ['jwks.json', 'keys.ndjson', 'revoked.ndjson'];

/** Reads a manifest whose signature holds. @throws BUNDLE_MALFORMED, BUNDLE_NAME_INVALID */
export function parseManifest(bytes: Buffer): Manifest {
  const value = parseStrictBytes(bytes);
  if (!isRecord(value)) throw malformed('It is not JSON as Keysmith writes it');
  if (value.format !== 'keysmith-bundle/1') throw malformed('Its format is not keysmith-bundle/1');
  if (!hasMembers(value, MEMBERS)) throw malformed(`It has other members than ${MEMBERS.join(', ')}`);
  const { iss, service, aud, sequence, issued_at, expires_at, previous } = value;
  if (!isIssuer(iss)) throw malformed('Its iss is not urn:uuid: and an installation ID');
  if (!isSlug(service) || !isText(aud)) throw malformed('Its service or aud cannot be read');
  if (!isCount(sequence) || sequence === 0) throw malformed('Its sequence is not a whole number from 1');
  if (!isCount(issued_at) || !isCount(expires_at) || issued_at >= expires_at) {
    throw malformed('Its expires_at is not after its issued_at');
  }
  if (previous !== null && !isDigest(previous))
    throw malformed('Its previous is not a SHA-256 in hex or null');
  const auditSeq = parseAudit(value.audit);
  return {
    iss,
    service,
    audience: aud,
    sequence,
    issuedAt: issued_at,
    expiresAt: expires_at,
    previous,
    trust: parseTrustedKeys(value.trust, false, malformed),
    auditSeq,
    files: parseFiles(value.files),
  };
}

/** The head of the audit log at the time of export: for auditors, a verdict does not need it. */
function parseAudit(audit: unknown): number {
  if (isRecord(audit) && hasMembers(audit, ['seq', 'head']) && isCount(audit.seq) && isText(audit.head))
    return audit.seq;
  throw malformed('Its audit is not a sequence and a head');
}

function parseFiles(value: unknown): ReadonlyMap<string, ListedFile> {
  if (!isRecord(value)) throw malformed('Its files are not an object');
  const files = new Map<string, ListedFile>();
  for (const [name, entry] of Object.entries(value)) {
    if (!isBundleName(name)) {
      throw new BundleError(
        'BUNDLE_NAME_INVALID',
        MANIFEST,
        `The manifest lists a file named "${shown(name)}". Allowed are letters, digits, dot, hyphen and underscore, in the bundle or one folder below.`,
      );
    }
    if (name === MANIFEST || name === SIGNATURE)
      throw malformed(`It lists ${name}, which cannot list itself`);
    files.set(name, parseFile(name, entry));
  }
  const missing = REQUIRED.find(name => !files.has(name));
  if (missing) throw malformed(`It does not list ${missing}`);
  return files;
}

function parseFile(name: string, entry: unknown): ListedFile {
  if (!isRecord(entry) || !isListedFile(entry))
    throw malformed(`Its entry for ${name} is not sha256 and size`);
  return { sha256: entry.sha256, size: entry.size };
}

function isListedFile(entry: JsonRecord): entry is JsonRecord & ListedFile {
  return hasMembers(entry, ['sha256', 'size']) && isDigest(entry.sha256) && isCount(entry.size);
}

function malformed(what: string): BundleError {
  return new BundleError(
    'BUNDLE_MALFORMED',
    MANIFEST,
    `The manifest cannot be read. ${what}. Export the bundle again, or use a verifier as new as the Keysmith that wrote it.`,
  );
}
