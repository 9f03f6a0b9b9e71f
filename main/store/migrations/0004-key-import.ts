import type { Database } from 'better-sqlite3';

/**
 * Bulk issues from a file, and the keys whose text is not in the full-text index yet.
 *
 * - `key_import` says of each bulk issue how far it came, and how much of the file of secrets belongs to keys that
 *   exist: written in the same transaction as the keys.
 * - `text_backlog` has ranges of `key.ref`, both ends included, that overlap nowhere. The text of every key in them is
 *   in no index yet; searches look through these texts one by one.
 */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE key_import (
      ref INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      service_ref INTEGER NOT NULL REFERENCES service (ref),
      file TEXT NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      rows INTEGER NOT NULL,
      done INTEGER NOT NULL,
      out TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      recipient TEXT,
      spool_key BLOB,
      sealed_sha256 BLOB,
      state TEXT NOT NULL CHECK (state IN ('open', 'sealed', 'done')),
      started_at INTEGER NOT NULL,
      started_by TEXT NOT NULL,
      audit_seq INTEGER NOT NULL,
      seal BLOB NOT NULL
    ) STRICT;

    CREATE TABLE text_backlog (
      first_ref INTEGER PRIMARY KEY,
      last_ref INTEGER NOT NULL CHECK (last_ref >= first_ref)
    ) STRICT;
  `);
}
