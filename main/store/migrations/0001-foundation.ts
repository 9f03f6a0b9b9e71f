import type { Database } from 'better-sqlite3';

/**
 * The whole of Keysmith's data.
 *
 * - `ref` is the sequence of the audit entry that created a thing: unique over all tables, in creation order,
 *   never used again. `audit_seq` is the entry that changed it last, `seal` the HMAC over the row (see `seals.ts`).
 * - `key` carries, beside its own columns, what filters and searches ask (`name_fold` and everything from `txt` on):
 *   derived from the sealed columns, so not sealed but compared.
 * - The three walks hold every filter column, so that a page in their order never touches the table.
 */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject_kind TEXT NOT NULL,
      subject_ref INTEGER NOT NULL,
      subject_id TEXT NOT NULL,
      before TEXT,
      after TEXT,
      mac BLOB NOT NULL CHECK (length(mac) = 32)
    ) STRICT;
    CREATE INDEX audit_by_subject ON audit (subject_ref, seq);
    CREATE INDEX audit_by_time ON audit (at);
    CREATE INDEX audit_accepted_clock ON audit (seq) WHERE action = 'installation.accept-clock';

    CREATE TABLE installation (
      ref INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      vault TEXT NOT NULL CHECK (vault IN ('keychain', 'passphrase')),
      key_check BLOB NOT NULL CHECK (length(key_check) = 32),
      lock_enabled INTEGER NOT NULL DEFAULT 0 CHECK (lock_enabled IN (0, 1)),
      wrapping_generation INTEGER NOT NULL DEFAULT 0,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;

    CREATE TABLE operator (
      ref INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      name_fold TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'viewer')),
      removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
      created_at INTEGER NOT NULL,
      wrapped_key BLOB,
      wrapping TEXT,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;

    CREATE TABLE unlock_attempt (
      operator_ref INTEGER PRIMARY KEY REFERENCES operator (ref),
      failures INTEGER NOT NULL,
      last_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE service (
      ref INTEGER PRIMARY KEY,
      slug TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      audience TEXT NOT NULL,
      format TEXT NOT NULL CHECK (format IN ('opaque', 'jwt')),
      prefix TEXT NOT NULL,
      template TEXT NOT NULL,
      policy TEXT NOT NULL CHECK (json_valid(policy)),
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;

    CREATE TABLE catalog (
      ref INTEGER PRIMARY KEY,
      service_ref INTEGER NOT NULL REFERENCES service (ref),
      type TEXT NOT NULL CHECK (type IN ('permission', 'role', 'account')),
      id TEXT NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      public_safe INTEGER NOT NULL CHECK (public_safe IN (0, 1)),
      scoped INTEGER NOT NULL CHECK (scoped IN (0, 1)),
      position INTEGER NOT NULL,
      bit INTEGER,
      removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL,
      UNIQUE (service_ref, type, id)
    ) STRICT;

    CREATE TABLE key (
      ref INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      service_ref INTEGER NOT NULL REFERENCES service (ref),
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      owner TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('private', 'public')),
      permissions TEXT NOT NULL,
      roles TEXT NOT NULL,
      allowed_ips TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'revoked')),
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      expires_at INTEGER,
      rotated_at INTEGER,
      revoked_at INTEGER,
      revoke_reason TEXT NOT NULL,
      hint TEXT NOT NULL,
      saved_at INTEGER,
      stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
      credentials INTEGER NOT NULL,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL,
      name_fold TEXT NOT NULL,
      txt TEXT NOT NULL,
      exp_sort INTEGER NOT NULL,
      secret_at INTEGER NOT NULL,
      unsaved INTEGER NOT NULL,
      has_ip INTEGER NOT NULL,
      grants_0 INTEGER NOT NULL,
      grants_1 INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX key_name ON key (service_ref, name_fold);
    CREATE INDEX key_by_created ON key (created_at, ref, service_ref, status, kind, exp_sort, secret_at, unsaved, has_ip, stale, created_by, grants_0, grants_1);
    CREATE INDEX key_by_name ON key (name_fold, ref, service_ref, status, kind, exp_sort, secret_at, unsaved, has_ip, stale, created_by, grants_0, grants_1);
    CREATE INDEX key_by_expiry ON key (exp_sort, ref, service_ref, status, kind, secret_at, unsaved, has_ip, stale, created_by, grants_0, grants_1);
    CREATE INDEX key_by_creator ON key (created_by, ref);

    CREATE TABLE key_grant (
      catalog_ref INTEGER NOT NULL,
      key_ref INTEGER NOT NULL,
      PRIMARY KEY (catalog_ref, key_ref)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE key_ip (
      family INTEGER NOT NULL,
      prefix_length INTEGER NOT NULL,
      network BLOB NOT NULL,
      key_ref INTEGER NOT NULL,
      PRIMARY KEY (family, prefix_length, network, key_ref)
    ) STRICT, WITHOUT ROWID;

    CREATE VIRTUAL TABLE key_text USING fts5 (
      txt, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none
    );

    CREATE TABLE counter (
      service_ref INTEGER NOT NULL,
      field TEXT NOT NULL,
      value TEXT NOT NULL,
      keys INTEGER NOT NULL,
      PRIMARY KEY (service_ref, field, value)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE credential (
      ref INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      key_ref INTEGER NOT NULL,
      format TEXT NOT NULL CHECK (format IN ('opaque', 'jwt')),
      hint TEXT NOT NULL,
      digest BLOB CHECK (digest IS NULL OR length(digest) = 32),
      state TEXT NOT NULL CHECK (state IN ('current', 'previous', 'refused')),
      issued_at INTEGER NOT NULL,
      issued_by TEXT NOT NULL,
      saved_at INTEGER,
      grace_until INTEGER,
      refused_at INTEGER,
      refused_reason TEXT CHECK (refused_reason IN ('revoked', 'removed', 'superseded', 'compromised')),
      token_encrypted BLOB,
      signing_key_ref INTEGER REFERENCES signing_key (ref),
      token_expires_at INTEGER,
      status_list_ref INTEGER REFERENCES status_list (ref),
      status_index INTEGER,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;
    CREATE INDEX credential_by_key ON credential (key_ref);
    CREATE UNIQUE INDEX credential_by_digest ON credential (digest) WHERE digest IS NOT NULL;
    CREATE UNIQUE INDEX credential_by_jti ON credential (id) WHERE format = 'jwt';
    CREATE INDEX credential_by_signing_key ON credential (signing_key_ref) WHERE signing_key_ref IS NOT NULL;
    CREATE UNIQUE INDEX credential_by_status_index ON credential (status_list_ref, status_index) WHERE status_list_ref IS NOT NULL;

    CREATE TABLE tombstone (
      ref INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      service_ref INTEGER NOT NULL REFERENCES service (ref),
      removed_at INTEGER NOT NULL,
      removed_by TEXT NOT NULL,
      reason TEXT NOT NULL,
      credentials INTEGER NOT NULL,
      record TEXT NOT NULL CHECK (json_valid(record)),
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;

    CREATE TABLE signing_key (
      ref INTEGER PRIMARY KEY,
      kid TEXT NOT NULL UNIQUE,
      purpose TEXT NOT NULL CHECK (purpose IN ('token', 'trust')),
      alg TEXT NOT NULL CHECK (alg IN ('ES256', 'EdDSA', 'RS256')),
      public_jwk TEXT NOT NULL CHECK (json_valid(public_jwk)),
      private_encrypted BLOB,
      state TEXT NOT NULL CHECK (state IN ('active', 'verifying', 'retired', 'compromised')),
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      rotated_at INTEGER,
      ended_at INTEGER,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX signing_key_active ON signing_key (purpose) WHERE state = 'active';

    CREATE TABLE status_list (
      ref INTEGER PRIMARY KEY,
      service_ref INTEGER NOT NULL REFERENCES service (ref),
      number INTEGER NOT NULL,
      uri TEXT NOT NULL UNIQUE,
      size INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'full', 'closed')),
      unassigned_invalid INTEGER NOT NULL CHECK (unassigned_invalid IN (0, 1)),
      created_at INTEGER NOT NULL,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL,
      UNIQUE (service_ref, number)
    ) STRICT;

    CREATE TABLE bundle (
      ref INTEGER PRIMARY KEY,
      service_ref INTEGER NOT NULL REFERENCES service (ref),
      sequence INTEGER NOT NULL,
      issued_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      manifest_sha256 BLOB NOT NULL CHECK (length(manifest_sha256) = 32),
      previous_sha256 BLOB CHECK (previous_sha256 IS NULL OR length(previous_sha256) = 32),
      head_seq INTEGER NOT NULL,
      signing_key_ref INTEGER NOT NULL REFERENCES signing_key (ref),
      created_by TEXT NOT NULL,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL,
      UNIQUE (service_ref, sequence)
    ) STRICT;
  `);
}
