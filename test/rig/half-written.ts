import type { Database } from '../../main/store/open-database.ts';

/** What must never be found in a database, each as a query for the offenders. */
const HALVES: Readonly<Record<string, string>> = {
  'a key without its credential': `
    SELECT id FROM key k WHERE (SELECT count(*) FROM credential WHERE key_ref = k.ref) <> k.credentials`,
  'a credential without its key': `
    SELECT id FROM credential WHERE key_ref NOT IN (SELECT ref FROM key UNION SELECT ref FROM tombstone)`,
  'a key without the entry that created it': `
    SELECT id FROM key WHERE ref NOT IN (SELECT seq FROM audit WHERE action = 'key.create')`,
  'an entry whose key is not there': `
    SELECT subject_id FROM audit WHERE action = 'key.create'
    AND subject_ref NOT IN (SELECT ref FROM key UNION SELECT ref FROM tombstone)`,
  'a revoked key without the entry that revoked it': `
    SELECT id FROM key k WHERE status = 'revoked'
    AND NOT EXISTS (SELECT 1 FROM audit WHERE subject_ref = k.ref AND action = 'key.revoke')`,
  'an entry that revoked a key which is not revoked': `
    SELECT subject_id FROM audit WHERE action = 'key.revoke'
    AND subject_ref IN (SELECT ref FROM key WHERE status <> 'revoked')`,
  'a key without its grants': `
    SELECT id FROM key k WHERE (SELECT count(*) FROM key_grant WHERE key_ref = k.ref) <> json_array_length(k.permissions)`,
  'a grant without its key': 'SELECT key_ref FROM key_grant WHERE key_ref NOT IN (SELECT ref FROM key)',
  'a key that search does not know': 'SELECT id FROM key WHERE ref NOT IN (SELECT rowid FROM key_text)',
  'a counter that does not count': `
    SELECT value FROM counter c WHERE field = 'status'
    AND keys <> (SELECT count(*) FROM key WHERE status = c.value AND service_ref = c.service_ref)`,
};

/** Everything in a database that is only half there, in words. */
export function findHalfWritten(db: Database): string[] {
  return Object.entries(HALVES).flatMap(([what, query]) =>
    db
      .prepare<[], unknown>(query)
      .pluck()
      .all()
      .map(subject => `${what}: ${subject}`),
  );
}
