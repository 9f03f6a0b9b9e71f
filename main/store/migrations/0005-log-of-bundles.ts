import type { Database } from 'better-sqlite3';

/**
 * Finds the few entries of exported bundles in a long log: whatever asks for the number of the next bundle reads them.
 */
export function up(db: Database): void {
  db.exec("CREATE INDEX audit_of_bundles ON audit (seq) WHERE action = 'bundle.export'");
}
