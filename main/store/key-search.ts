import { KeysmithError } from '../keys/errors.ts';
import type { Ref, Seconds } from '../keys/ids.ts';
import type { Status } from '../keys/key.ts';
import type { KeyCursor, KeyFilter, KeyQuery, SortField } from '../keys/key-query.ts';
import { fold } from '../keys/text.ts';
import type { Connection } from './connection.ts';
import type { SqlValue } from './seals.ts';

/** The index that walks in each order, and the column it walks along. */
const WALKS: Readonly<Record<SortField, { readonly index: string; readonly column: string }>> = {
  created: { index: 'key_by_created', column: 'created_at' },
  name: { index: 'key_by_name', column: 'name_fold' },
  expires: { index: 'key_by_expiry', column: 'exp_sort' },
};

/** More words than anyone searches for, and fewer than SQLite can take in one statement. */
const MAX_TERMS = 32;

/** The shortest text that the trigram index knows. */
const TRIGRAM = 3;

export interface RefPage {
  readonly refs: readonly Ref[];
  readonly next: KeyCursor | null;
}

/**
 * The references of one page of keys, in order.
 *
 * Without text, a covering index is walked in sort order. With text, the trigram index gathers candidates, and
 * `instr` decides; terms of one or two characters have no trigrams and are decided on the walk.
 */
export function searchRefs({ prepare }: Connection, query: KeyQuery, now: Seconds): RefPage {
  const { index, column } = WALKS[query.sort.field];
  const { conditions, values, gathered } = filterSql(query, now);
  if (query.after) {
    conditions.push(`(${column}, ref) ${query.sort.descending ? '<' : '>'} (?, ?)`);
    values.push(query.after.value, query.after.ref);
  }
  const direction = query.sort.descending ? 'DESC' : 'ASC';
  const walk = gathered ? '' : `INDEXED BY ${index}`;
  const rows = prepare(
    `SELECT ref, ${column} AS value FROM key ${walk} ${where(conditions)} ORDER BY ${column} ${direction}, ref ${direction} LIMIT ? OFFSET ?`,
  ).all(...values, query.limit + 1, query.offset ?? 0);

  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next =
    rows.length > query.limit && last ? { value: last.value as string | number, ref: last.ref as Ref } : null;
  return { refs: page.map(row => row.ref as Ref), next };
}

export function countRefs({ prepare }: Connection, filter: KeyFilter, now: Seconds): number {
  const { conditions, values, gathered } = filterSql(filter, now);
  const walk = gathered ? '' : `INDEXED BY ${WALKS.created.index}`;
  return prepare(`SELECT count(*) AS n FROM key ${walk} ${where(conditions)}`).get(...values)?.n as number;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/** A filter as SQL; `gathered` when the trigram index gives the candidates, so that no walk is needed. */
function filterSql(
  filter: KeyFilter,
  now: Seconds,
): { conditions: string[]; values: SqlValue[]; gathered: boolean } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, ...bound: SqlValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const words = (filter.text ?? '').split(/[\s\p{Cc}]+/u).filter(Boolean);
  const terms = [...new Set(words.map(fold))];
  if (terms.length > MAX_TERMS) {
    throw new KeysmithError(
      'QUERY_INVALID',
      `The search has ${terms.length} words. Allowed are up to ${MAX_TERMS}.`,
      { field: 'search' },
    );
  }
  const indexed = terms.filter(term => [...term].length >= TRIGRAM);
  if (indexed.length > 0)
    add('ref IN (SELECT rowid FROM key_text WHERE key_text MATCH ?)', indexed.map(toTrigrams).join(' AND '));
  for (const term of terms) add('instr(txt, ?) > 0', term);
  if (filter.serviceRef !== undefined) add('service_ref = ?', filter.serviceRef);
  if (filter.unsaved !== undefined) add('unsaved = ?', filter.unsaved ? 1 : 0);
  if (filter.statuses !== undefined) {
    const statuses = filter.statuses.map(status => statusCondition(status, now));
    add(
      `(${statuses.map(({ sql }) => sql).join(' OR ') || 'FALSE'})`,
      ...statuses.flatMap(({ bound }) => bound),
    );
  }
  return { conditions, values, gathered: indexed.length > 0 };
}

/** The trigrams of a term, all of which a text that contains it must have. */
function toTrigrams(term: string): string {
  const characters = [...term];
  const trigrams = characters
    .slice(0, -(TRIGRAM - 1))
    .map((_, start) => characters.slice(start, start + TRIGRAM).join(''));
  return [...new Set(trigrams)].map(trigram => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}

/** `expired` is a matter of the clock: a range on the expiry, never a stored state. */
function statusCondition(status: Status, now: Seconds): { sql: string; bound: SqlValue[] } {
  switch (status) {
    case 'revoked':
      return { sql: "status = 'revoked'", bound: [] };
    case 'expired':
      return { sql: "(status <> 'revoked' AND exp_sort <= ?)", bound: [now] };
    case 'active':
    case 'disabled':
      return { sql: '(status = ? AND exp_sort > ?)', bound: [status, now] };
  }
}
