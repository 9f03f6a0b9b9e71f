import type { Database } from 'better-sqlite3';

const STEPS = [
  'DROP INDEX key_by_expiry',
  'CREATE INDEX key_by_expiry ON key (exp_sort, ref, service_ref, status, kind, secret_at, unsaved, has_ip, stale, created_by, grants_0, grants_1, created_at)',
  'DROP INDEX key_by_creator',
  'CREATE INDEX key_by_creator ON key (created_by, created_at, ref)',
  'CREATE INDEX key_by_service ON key (service_ref, created_at, ref)',
  "CREATE INDEX key_not_active ON key (status, created_at, ref, service_ref, kind, exp_sort, secret_at, unsaved, has_ip, created_by, grants_0, grants_1) WHERE status <> 'active'",
  "CREATE INDEX key_public ON key (service_ref, grants_0, grants_1, created_at, ref, status, kind, exp_sort) WHERE kind = 'public'",
  'CREATE INDEX key_unsaved ON key (created_at, ref, service_ref, status, kind, exp_sort, secret_at, has_ip, created_by, grants_0, grants_1, unsaved) WHERE unsaved = 1',
  "CREATE INDEX key_by_secret_age ON key (service_ref, secret_at, exp_sort) WHERE kind = 'private' AND status = 'active'",
  'CREATE INDEX key_by_grants ON key (permissions || roles, ref)',
  'CREATE INDEX key_by_last_four ON key (substr(hint, -4), ref)',
] as const;

/**
 * What lists of a million keys are read by beside the three walks.
 *
 * - The walk by expiry has the time of creation too: a range of it can be sorted by that without the table.
 * - Services and creators in order of creation: a small or an old one is not looked for among all keys.
 * - Public keys of equal grants stand side by side, so that those that hold what is exposed are found without the others.
 * - What is rare in a tidy installation (keys that are not active, not saved, overdue) has an index of its own,
 *   which costs nothing while there is none.
 * - The orders by permissions and by the last four, for which there was none.
 */
export function up(db: Database, onPart: (done: number, total: number) => void): void {
  for (const [done, step] of STEPS.entries()) {
    onPart(done, STEPS.length);
    db.exec(step);
  }
}
