/** Why a bundle is refused, as a whole. Stable: a service may act on them. */
export const BUNDLE_ERROR_CODES = [
  /** Not there, cannot be read, or neither a folder nor a zip. */
  'BUNDLE_UNREADABLE',
  /** The manifest, its signature file, the trust document or the service's state has another shape. */
  'BUNDLE_MALFORMED',
  'BUNDLE_NOT_SIGNED',
  'BUNDLE_KEY_UNKNOWN',
  'BUNDLE_SIGNED_BY_TOKEN_KEY',
  'BUNDLE_NOT_YET_VALID',
  'BUNDLE_EXPIRED',
  /** Older than the last accepted one. */
  'BUNDLE_ROLLED_BACK',
  /** The same number as the last accepted one, and other bytes. */
  'BUNDLE_FORKED',
  /** The next one, and it follows another one than the last accepted. */
  'BUNDLE_CHAIN_BROKEN',
  'BUNDLE_OTHER_ISSUER',
  'BUNDLE_OTHER_SERVICE',
  'BUNDLE_FILE_CHANGED',
  'BUNDLE_FILE_MISSING',
  'BUNDLE_FILE_UNLISTED',
  'BUNDLE_FILE_INVALID',
  'BUNDLE_TOO_LARGE',
  'BUNDLE_NAME_INVALID',
] as const;
export type BundleErrorCode = (typeof BUNDLE_ERROR_CODES)[number];

/** From `issuedAt` on and before `expiresAt`; seconds since the epoch. */
export interface Validity {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * A bundle that is refused: none of it may be believed. A service goes on with the bundle it has, or answers 503.
 *
 * The message is for an admin: what was found, and what is allowed or to be done.
 */
export class BundleError extends Error {
  readonly code: BundleErrorCode;
  /** The file at fault, by its name in the bundle; null when it is none of them. */
  readonly file: string | null;
  /** For a bundle that is only not to be used at this moment: when it is. Absent otherwise. */
  readonly validity: Validity | undefined;

  constructor(code: BundleErrorCode, file: string | null, message: string, validity?: Validity) {
    super(message);
    this.name = 'BundleError';
    this.code = code;
    this.file = file;
    this.validity = validity;
  }
}

/** Text from a bundle as a message may show it. SECURITY: a terminal obeys control characters. */
export function shown(text: string): string {
  const clean = text.replace(/[^\x20-\x7e]/g, '?');
  return clean.length > 100 ? `${clean.slice(0, 100)}...` : clean;
}

/** Seconds since the epoch as people read them: RFC 3339, UTC. */
export function shownTime(at: number): string {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? `second ${at}` : date.toISOString().replace('.000Z', 'Z');
}
