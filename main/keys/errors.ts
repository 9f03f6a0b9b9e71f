import { BUNDLE_ERROR_CODES } from '../verify/bundle-error.ts';

/**
 * Every expected failure of Keysmith, by the code that scripts and screens rely on.
 * Codes are stable: a code is never renamed and never given a second meaning.
 */
export const ERROR_CODES = [
  ...BUNDLE_ERROR_CODES,
  'ACCOUNTS_NOT_USED',
  'ACCOUNTS_REQUIRED',
  'ACCOUNT_INVALID',
  'ACCOUNT_UNKNOWN',
  'AUDIENCE_INVALID',
  'BACKUP_PASSPHRASE_REQUIRED',
  'BACKUP_PASSPHRASE_WEAK',
  'BACKUP_PASSPHRASE_WRONG',
  'BULK_REFUSED',
  'BUNDLE_OVERTAKEN',
  'CANCELLED',
  'CATALOG_INVALID',
  'CATALOG_IN_USE',
  'CLOCK_BEHIND',
  'CSV_COLUMNS',
  'CSV_INVALID',
  'DEMO_FAILED',
  'DESCRIPTION_INVALID',
  'EXPIRY_INVALID',
  'EXPIRY_IN_PAST',
  'EXPIRY_NOT_LATER',
  'EXPIRY_REQUIRED',
  'EXPIRY_TOO_FAR',
  'FILE_EXISTS',
  'FILE_CHANGED',
  'FILE_INVALID',
  'FILE_UNREADABLE',
  'FILE_UNWRITABLE',
  'GRACE_INVALID',
  'IMPORT_INVALID',
  'IMPORT_NOT_FOUND',
  'IMPORT_RUNNING',
  'IMPORT_STOPPED',
  'IMPORT_UNFINISHED',
  'IP_INVALID',
  'IPS_NOT_USED',
  'KEY_CHANGED',
  'KEY_EXPIRED',
  'KEY_NOT_FOUND',
  'KEY_REVOKED',
  'KIND_NOT_ALLOWED',
  'LOCKED',
  'LOCK_STATE',
  'NAME_INVALID',
  'NAME_TAKEN',
  'NOT_ALLOWED',
  'OPERATOR_CHANGED',
  'OPERATOR_EXISTS',
  'OPERATOR_LAST_OWNER',
  'OPERATOR_NOT_FOUND',
  'OPERATOR_REQUIRED',
  'OWNER_INVALID',
  'PASSPHRASE_REQUIRED',
  'PASSPHRASE_WEAK',
  'PASSPHRASE_WRONG',
  'PERMISSION_NOT_PUBLIC',
  'PERMISSION_UNKNOWN',
  'POLICY_INVALID',
  'PREFIX_INVALID',
  'QUERY_INVALID',
  'REASON_INVALID',
  'RECIPIENT_INVALID',
  'RENAME_NOT_ALLOWED',
  'REQUEST_INVALID',
  'REVEAL_GONE',
  'ROLE_INVALID',
  'ROLE_NOT_PUBLIC',
  'ROLE_REQUIRED',
  'ROLE_UNKNOWN',
  'SECRETS_FILE_INVALID',
  'SECRET_NOT_KEPT',
  'SERVICE_EXISTS',
  'SERVICE_NOT_FOUND',
  'SIGNING_KEY_IN_USE',
  'SIGNING_KEY_NOT_FOUND',
  'SIGNING_KEY_STATE',
  'SLUG_INVALID',
  'STORE_BUSY',
  'STORE_DAMAGED',
  'STORE_EMPTY',
  'STORE_EXISTS',
  'STORE_FOREIGN',
  'STORE_FULL',
  'STORE_MISSING',
  'STORE_NEWER',
  'STORE_READ_ONLY',
  'STORE_REPLACED',
  'STORE_UNSAFE',
  'TAMPERED',
  'TEMPLATE_UNKNOWN',
  'TITLE_INVALID',
  'TOKEN_INVALID',
  'TOKEN_TOO_LARGE',
  'UNLOCK_TOO_SOON',
  'VALIDITY_INVALID',
  'VAULT_DENIED',
  'VAULT_EXISTS',
  'VAULT_KIND_INVALID',
  'VAULT_LOCKED',
  'VAULT_MISSING',
  'VAULT_NO_SERVICE',
  'VAULT_PASSPHRASE_REQUIRED',
  'VAULT_PASSPHRASE_WEAK',
  'VAULT_PASSPHRASE_WRONG',
  'VAULT_UNWRITABLE',
  'VAULT_WRONG',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What crosses a boundary: the IPC, or stderr of the command line with `--json`. */
export interface Failure {
  readonly code: ErrorCode;
  /** One or two sentences for a person: the field, what was given, what is allowed. */
  readonly message: string;
  /** The input at fault, by the name the command line and the forms use; absent when no input is. */
  readonly field?: string;
  /** What each part of a request for several things met; absent for a request for one. */
  readonly refusals?: readonly Refusal[];
}

/** Why one of several things could not be done. */
export interface Refusal {
  /** Its ID, as it was given. */
  readonly subject: string;
  /** What it is called; null where there is none. */
  readonly name: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * An expected failure. Anything else that is thrown is a programmer's error.
 *
 * @example
 * throw new KeysmithError('NAME_TAKEN', 'The name "ci" is taken by …', { field: 'name' });
 */
export class KeysmithError extends Error {
  override readonly name = 'KeysmithError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly refusals: readonly Refusal[] | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { field?: string; cause?: unknown; refusals?: readonly Refusal[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.refusals = options.refusals;
  }

  toFailure(): Failure {
    const { code, message, field, refusals } = this;
    return {
      code,
      message,
      ...(field !== undefined && { field }),
      ...(refusals !== undefined && { refusals }),
    };
  }
}

const GIVEN_LENGTH = 60;

/**
 * Quotes what was given for an error message: control characters escaped, long input cut,
 * so that a message is one readable line whatever was typed.
 *
 * SECURITY: never call this on a secret; messages reach logs and terminals.
 */
export function given(input: string): string {
  const shown = input.length > GIVEN_LENGTH ? `${input.slice(0, GIVEN_LENGTH).toWellFormed()}…` : input;
  const printable = JSON.stringify(shown).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return input.length > GIVEN_LENGTH ? `${printable} (${input.length} characters)` : printable;
}

/** Closes a union: a case that was forgotten is a type error here, and a thrown error at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
