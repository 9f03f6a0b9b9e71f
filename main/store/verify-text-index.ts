import { randomInt } from 'node:crypto';
import type { Connection } from './connection.ts';
import type { Row } from './seals.ts';
import type { Finding } from './verify-store.ts';

type Database = Connection['db'];

/** Characters of a term of the index: it is one of trigrams. */
const TERM_LENGTH = 3;

/** Where SQLite keeps the number of texts and of all their terms (FTS5, "The Data Table"). */
const AVERAGES = 1;

/**
 * Compares the full-text index with the texts beside the keys: a key that was taken out of it, or that it no longer
 * leads to, would not be found by what it is called, or by the end of its secret.
 */
export function* verifyTextIndex({ db }: Connection, onRow: () => void): Generator<Finding> {
  yield* verifyTexts(db, onRow);
  yield* verifyBacklog(db);
  if (leadsToEveryTerm(db)) return;
  yield {
    kind: 'derived',
    subject: 'key_text',
    message: 'A search would not find every key: the list key_text does not lead to all that is in it.',
  };
}

/**
 * What the index says of a key is added up, term by term, and compared with the sum over its text. Where the sums
 * differ, the search itself decides: SQLite folds a few letters otherwise than JavaScript, and that is no finding.
 */
function* verifyTexts(db: Database, onRow: () => void): Generator<Finding> {
  const hash = secretHash();
  const sums = indexedSums(db, hash);
  const finds = db
    .prepare<[string, number], number>('SELECT 1 FROM key_text WHERE key_text MATCH ? AND rowid = ?')
    .pluck();
  const keys = db.prepare<[], Row>(
    'SELECT k.ref, k.id, k.txt, d.sz FROM key k LEFT JOIN key_text_docsize d ON d.id = k.ref ORDER BY k.ref',
  );
  const counted = { texts: 0, terms: 0 };
  const later = backlogOf(db);
  for (const { ref, id, txt, sz } of keys.iterate()) {
    onRow();
    // Searches look through these texts themselves. One that is in the index as well is counted below.
    if (later.some(({ first, last }) => (ref as number) >= first && (ref as number) <= last)) continue;
    const terms = termsOf(String(txt));
    let sum = 0;
    for (const term of new Set(terms)) sum = (sum + hash(term)) | 0;
    const indexed = sums.get(ref as number);
    sums.delete(ref as number);
    counted.texts += 1;
    counted.terms += terms.length;
    const isIndexed =
      indexed === sum || (indexed !== undefined && finds.get(matchAll(terms), ref as number) === 1);
    if (isIndexed && varints(sz)[0] === terms.length) continue;
    yield {
      kind: 'derived',
      subject: `key ${id}`,
      message: `A search would not find the key ${id} by its text: the list key_text was changed outside Keysmith.`,
    };
  }
  const averages = db.prepare<[number], Row>('SELECT block FROM key_text_data WHERE id = ?').get(AVERAGES);
  const sizes = db.prepare<[], number>('SELECT count(*) FROM key_text_docsize').pluck().get();
  const [texts = 0, total = 0] = varints(averages?.block);
  if (sums.size === 0 && sizes === counted.texts && texts === counted.texts && total === counted.terms)
    return;
  yield {
    kind: 'derived',
    subject: 'key_text',
    message: `The list key_text does not have the ${counted.texts} texts that it should have, and no others.`,
  };
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function backlogOf(db: Database): readonly Range[] {
  return db.prepare<[], Range>('SELECT first_ref AS first, last_ref AS last FROM text_backlog').all();
}

/** A range is from one key to another, as they were issued: what was edited by hand is hardly ever. */
function* verifyBacklog(db: Database): Generator<Finding> {
  const isKey = db
    .prepare<[number, number], number>(
      'SELECT 1 FROM key WHERE ref = ? UNION ALL SELECT 1 FROM tombstone WHERE ref = ?',
    )
    .pluck();
  for (const { first, last } of backlogOf(db)) {
    if (isKey.get(first, first) && isKey.get(last, last)) continue;
    yield {
      kind: 'derived',
      subject: 'text_backlog',
      message: 'The list text_backlog, of keys whose texts are indexed later, was changed outside Keysmith.',
    };
  }
}

/** For each key in the index, the sum over its terms. */
function indexedSums(db: Database, hash: (term: string) => number): Map<number, number> {
  const sums = new Map<number, number>();
  withTerms(db, 'instance', (term, key) => {
    sums.set(key, ((sums.get(key) ?? 0) + hash(term)) | 0);
  });
  return sums;
}

/** Whether a search for each term finds as many keys as the index has for it: a search takes another way to them. */
function leadsToEveryTerm(db: Database): boolean {
  const found = db.prepare<[string], number>('SELECT count(*) FROM key_text WHERE key_text MATCH ?').pluck();
  let leads = true;
  withTerms(db, 'row', (term, keys) => {
    leads &&= found.get(matchAll([term])) === keys;
  });
  return leads;
}

/** Reads the index from end to end, through SQLite's own table of its terms. */
function withTerms(
  db: Database,
  kind: 'instance' | 'row',
  each: (term: string, number: number) => void,
): void {
  db.exec(`CREATE VIRTUAL TABLE temp.key_text_term USING fts5vocab ('main', 'key_text', '${kind}')`);
  try {
    const rows = db.prepare<[], readonly [string, number]>('SELECT term, doc FROM temp.key_text_term').raw();
    for (const [term, number] of rows.iterate()) each(term, number);
  } finally {
    db.exec('DROP TABLE temp.key_text_term');
  }
}

/** SECURITY: another one each time, so that nobody can choose terms whose sum stays the same. */
function secretHash(): (term: string) => number {
  const [start, factor] = [randomInt(2 ** 32), randomInt(2 ** 31) * 2 + 1];
  return term => {
    let value = start;
    for (let at = 0; at < term.length; at += 1) {
      value = Math.imul(value ^ term.charCodeAt(at), factor);
      value ^= value >>> 15;
    }
    return value;
  };
}

const BEYOND_16_BITS = /[\ud800-\udfff]/;

/** Each run of three characters. */
function termsOf(text: string): readonly string[] {
  // Most texts have characters of one unit only, and need not be taken apart first.
  const characters = BEYOND_16_BITS.test(text) ? [...text] : undefined;
  const count = (characters ?? text).length - TERM_LENGTH + 1;
  const terms: string[] = [];
  for (let at = 0; at < count; at += 1)
    terms.push(characters?.slice(at, at + TERM_LENGTH).join('') ?? text.slice(at, at + TERM_LENGTH));
  return terms;
}

function matchAll(terms: readonly string[]): string {
  return [...new Set(terms)].map(term => `"${term.replaceAll('"', '""')}"`).join(' AND ');
}

/** SQLite's numbers of variable length: seven bits a byte, the highest first; a set top bit says that more follow. */
function varints(bytes: unknown): readonly number[] {
  if (!Buffer.isBuffer(bytes)) return [];
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}
