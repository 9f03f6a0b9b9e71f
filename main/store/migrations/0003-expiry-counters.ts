import type { Database } from 'better-sqlite3';

/** Counts the keys that are not revoked by stored status and day of expiry, as every change does from now on. */
export function up(db: Database): void {
  // `exp_sort` is the largest safe integer for a key without expiry. The plus keeps SQLite from the index that begins
  // with the service, by which it would look up each row: any walk has all of these columns.
  db.exec(`
    INSERT INTO counter (service_ref, field, value, keys)
    SELECT service_ref, 'expires',
      status || ' ' || iif(exp_sort = 9007199254740991, 'never', printf('%07d', exp_sort / 86400)) AS day, count(*)
    FROM key WHERE status <> 'revoked' GROUP BY +service_ref, day;
  `);
}
