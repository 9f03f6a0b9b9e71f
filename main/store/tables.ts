/**
 * Every table with a seal: the columns under it, in the order in which they are sealed, and the ones that are not,
 * each with its reason. A test holds this list against the database, so that no column is forgotten.
 *
 * A later migration that adds a column adds a new version of the list: old rows keep their old seal until they
 * are written again.
 */
export const SEAL_VERSION = 1;

const DERIVED = 'derived from sealed columns; compared by the audit verification';

export const SEALED_TABLES = {
  installation: {
    sealed: ['ref', 'id', 'name', 'created_at', 'vault', 'key_check', 'lock_enabled', 'wrapping_generation'],
    exempt: {},
  },
  operator: {
    sealed: ['ref', 'name', 'name_fold', 'role', 'removed', 'created_at', 'wrapped_key', 'wrapping'],
    exempt: {},
  },
  service: {
    sealed: [
      'ref',
      'slug',
      'title',
      'description',
      'audience',
      'format',
      'prefix',
      'template',
      'policy',
      'created_at',
      'created_by',
    ],
    exempt: {},
  },
  catalog: {
    sealed: [
      'ref',
      'service_ref',
      'type',
      'id',
      'title',
      'description',
      'public_safe',
      'scoped',
      'position',
      'bit',
      'removed',
    ],
    exempt: {},
  },
  key: {
    sealed: [
      'ref',
      'id',
      'service_ref',
      'name',
      'description',
      'owner',
      'kind',
      'permissions',
      'roles',
      'allowed_ips',
      'status',
      'created_at',
      'created_by',
      'expires_at',
      'rotated_at',
      'revoked_at',
      'revoke_reason',
      'hint',
      'saved_at',
      'stale',
      'credentials',
    ],
    exempt: {
      name_fold: DERIVED,
      txt: DERIVED,
      exp_sort: DERIVED,
      secret_at: DERIVED,
      unsaved: DERIVED,
      has_ip: DERIVED,
      grants_0: DERIVED,
      grants_1: DERIVED,
    },
  },
  credential: {
    sealed: [
      'ref',
      'id',
      'key_ref',
      'format',
      'hint',
      'digest',
      'state',
      'issued_at',
      'issued_by',
      'saved_at',
      'grace_until',
      'refused_at',
      'refused_reason',
      'token_encrypted',
      'signing_key_ref',
      'token_expires_at',
      'status_list_ref',
      'status_index',
    ],
    exempt: {},
  },
  tombstone: {
    sealed: ['ref', 'id', 'service_ref', 'removed_at', 'removed_by', 'reason', 'credentials', 'record'],
    exempt: {},
  },
  signing_key: {
    sealed: [
      'ref',
      'kid',
      'purpose',
      'alg',
      'public_jwk',
      'private_encrypted',
      'state',
      'created_at',
      'created_by',
      'rotated_at',
      'ended_at',
    ],
    exempt: {},
  },
  status_list: {
    sealed: ['ref', 'service_ref', 'number', 'uri', 'size', 'state', 'unassigned_invalid', 'created_at'],
    exempt: {},
  },
  bundle: {
    sealed: [
      'ref',
      'service_ref',
      'sequence',
      'issued_at',
      'expires_at',
      'manifest_sha256',
      'previous_sha256',
      'head_seq',
      'signing_key_ref',
      'created_by',
    ],
    exempt: {},
  },
  key_import: {
    sealed: [
      'ref',
      'id',
      'service_ref',
      'file',
      'sha256',
      'rows',
      'done',
      'out',
      'bytes',
      'recipient',
      'spool_key',
      'sealed_sha256',
      'state',
      'started_at',
      'started_by',
    ],
    exempt: {},
  },
} as const satisfies Record<string, { sealed: readonly string[]; exempt: Readonly<Record<string, string>> }>;

export type SealedTable = keyof typeof SEALED_TABLES;
export const SEALED_TABLE_NAMES = Object.keys(SEALED_TABLES) as SealedTable[];

/** Tables without a seal, each with its reason. */
export const UNSEALED_TABLES: Readonly<Record<string, string>> = {
  audit: 'chained by its own MAC',
  unlock_attempt: 'written while the vault is locked, when no key can seal',
  key_grant: DERIVED,
  key_ip: DERIVED,
  key_text: 'full-text index, derived from key.txt',
  counter: DERIVED,
  text_backlog: 'which keys are not in key_text yet; compared with it by the audit verification',
};

/** What no verification tells when it is edited, as `table` or `table.column`, each with what it can do at most. */
export const UNCHECKED: Readonly<Record<string, string>> = {
  unlock_attempt:
    'written while the vault is locked; it makes the next try wait, and who can edit it can try on a copy just as well',
  'key_text_docsize.origin':
    'by it SQLite finds what to take out of the full-text index; what stays there is passed over, as the text decides',
};

/** The column by which a table's rows belong to a subject of the audit log. */
export function subjectColumn(table: SealedTable): 'ref' | 'key_ref' {
  return table === 'credential' ? 'key_ref' : 'ref';
}
