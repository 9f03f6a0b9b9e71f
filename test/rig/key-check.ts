import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What the database keeps to recognise its master key, in hex: another one would mean a new master key. */
export function readKeyCheck(folder: string): string {
  const bytes = readFileSync(join(folder, 'keysmith.db'));
  // Read from memory, because opening the file would leave others beside it; memory has no WAL, so the header's two
  // format bytes are set to what a database without one has.
  bytes.fill(1, 18, 20);
  const db = new Database(bytes);
  try {
    const row = db.prepare<[], { check: string }>('SELECT hex(key_check) AS "check" FROM installation').get();
    if (!row) throw new Error(`The database in ${folder} has no installation.`);
    return row.check;
  } finally {
    db.close();
  }
}
