import type { Ref } from '../keys/ids.ts';
import type { Connection } from './connection.ts';

/**
 * Keys whose text is not in the full-text index yet: `key_text` takes many texts at once far more quickly than a few at
 * a time. They are kept as ranges of references, and searches look through their texts one by one.
 */

/** Candidates of a search of the index: what it gives for the bound text, and whatever is not in it yet. */
export const TEXT_CANDIDATES = `SELECT rowid FROM key_text WHERE key_text MATCH ?
  UNION ALL SELECT k.ref FROM text_backlog b CROSS JOIN key k ON k.ref BETWEEN b.first_ref AND b.last_ref`;

/** Leaves the texts of new keys for later. The range must hold no other key. */
export function addToBacklog({ prepare }: Connection, first: Ref, last: Ref): void {
  const before = prepare(
    'SELECT first_ref, last_ref FROM text_backlog ORDER BY first_ref DESC LIMIT 1',
  ).get();
  const isNext =
    before &&
    !prepare('SELECT 1 FROM key WHERE ref > ? AND ref < ? LIMIT 1').get(before.last_ref ?? null, first);
  if (isNext)
    prepare('UPDATE text_backlog SET last_ref = ? WHERE first_ref = ?').run(last, before.first_ref ?? null);
  else prepare('INSERT INTO text_backlog (first_ref, last_ref) VALUES (?, ?)').run(first, last);
}

export function isInBacklog({ prepare }: Connection, ref: Ref): boolean {
  return (
    prepare('SELECT 1 FROM text_backlog WHERE first_ref <= ? AND last_ref >= ?').get(ref, ref) !== undefined
  );
}

/** How many keys there are whose text is in no index yet. */
export function backlogSize({ prepare }: Pick<Connection, 'prepare'>): number {
  return prepare(
    'SELECT count(*) AS n FROM text_backlog b CROSS JOIN key k ON k.ref BETWEEN b.first_ref AND b.last_ref',
  ).get()?.n as number;
}

/** Texts of one transaction: half a second of the write lock. */
const AT_ONCE = 20_000;

/**
 * Puts texts of the backlog into the index, the oldest first, in one transaction.
 *
 * @returns whether there are more
 */
export function indexBacklog({ db, prepare }: Pick<Connection, 'db' | 'prepare'>, atOnce = AT_ONCE): boolean {
  return db
    .transaction(() => {
      const range = prepare('SELECT first_ref, last_ref FROM text_backlog ORDER BY first_ref LIMIT 1').get();
      if (!range) return false;
      const { first_ref: first = null, last_ref: last = null } = range;
      const end = prepare(
        'SELECT max(ref) AS ref FROM (SELECT ref FROM key WHERE ref BETWEEN ? AND ? ORDER BY ref LIMIT ?)',
      ).get(first, last, atOnce)?.ref as number | null;
      // A text that is there already was put there by hand: it is replaced, and stops nothing.
      prepare(
        'REPLACE INTO key_text (rowid, txt) SELECT ref, txt FROM key WHERE ref BETWEEN ? AND ? ORDER BY ref',
      ).run(first, end ?? first);
      prepare('DELETE FROM text_backlog WHERE first_ref = ?').run(first);
      const next = prepare('SELECT min(ref) AS ref FROM key WHERE ref > ? AND ref <= ?').get(
        end ?? last,
        last,
      );
      if (next?.ref)
        prepare('INSERT INTO text_backlog (first_ref, last_ref) VALUES (?, ?)').run(next.ref, last);
      return prepare('SELECT 1 FROM text_backlog LIMIT 1').get() !== undefined;
    })
    .immediate();
}

/** All of them, one transaction after the other: others write in between. */
export function indexAll(db: Connection['db']): void {
  const prepare: Connection['prepare'] = sql => db.prepare(sql);
  while (indexBacklog({ db, prepare }));
}
