import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';

/** Longer secrets would not stand in one piece on a page of 4096 bytes. */
const MAX_SECRET = 3000;

/**
 * Adds the table `backup_secret` to a copy of a database, with random bytes where the secret belongs.
 *
 * SECURITY: the copy is a file that is not encrypted. The secret takes its place only on the way into the encryption
 * ({@link putSecret}), so that it is never on the disk in the clear, not even in a file that is deleted at once.
 *
 * @returns the bytes that stand for the secret, as many as it has
 */
export function reserveSecret(copy: string, size: number, madeAt: Seconds): Buffer {
  if (size > MAX_SECRET) throw new Error(`a secret of ${size} bytes does not stand in one piece`);
  const marker = randomBytes(size);
  const db = new Database(copy, { fileMustExist: true });
  try {
    db.exec('CREATE TABLE backup_secret (secret BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT');
    db.prepare('INSERT INTO backup_secret (secret, made_at) VALUES (?, ?)').run(marker, madeAt);
  } finally {
    db.close();
  }
  return marker;
}

/** Pages of a database never straddle pieces of this size: the marker stands in one piece whole, or not at all. */
export const PIECE = 65_536;

/** Puts the secret in the place of its marker, while a copy passes by in pieces of {@link PIECE} bytes. */
export function putSecret(marker: Buffer, secret: Buffer) {
  let places = 0;
  return {
    into(piece: Buffer): void {
      for (let at = piece.indexOf(marker); at >= 0; at = piece.indexOf(marker, at + 1)) {
        secret.copy(piece, at);
        places += 1;
      }
    },
    /** A backup without its secret could not be restored: that is known now, not then. */
    requireOnce(): void {
      if (places !== 1) throw new Error(`the secret of the backup has ${places} places instead of one`);
    },
  };
}

export interface BackupSecret {
  readonly secret: Buffer;
  readonly madeAt: Seconds;
}

/**
 * Takes the secret out of a decrypted backup: what is left is a plain database.
 *
 * SECURITY: the place where it stood is overwritten, and no journal keeps the page as it was.
 *
 * @throws FILE_INVALID when it is no backup
 */
export function takeSecret(db: Database.Database): BackupSecret {
  db.pragma('journal_mode = MEMORY');
  db.pragma('secure_delete = ON');
  db.pragma('trusted_schema = OFF');
  const isThere = db
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'backup_secret'")
    .get();
  const rows = isThere ? db.prepare('SELECT secret, made_at FROM backup_secret').all() : [];
  const [row] = rows as { secret: unknown; made_at: unknown }[];
  if (rows.length !== 1 || !row || !Buffer.isBuffer(row.secret) || typeof row.made_at !== 'number') {
    throw new KeysmithError(
      'FILE_INVALID',
      'The file opens, but is no backup of Keysmith: it has no table backup_secret with one secret. Nothing was changed.',
      { field: 'file' },
    );
  }
  db.exec('DROP TABLE backup_secret');
  return { secret: row.secret, madeAt: row.made_at };
}
