import type { Connection } from './connection.ts';
import type { KeyColumns } from './key-columns.ts';
import { searchTerms, trigramMatch } from './key-conditions.ts';
import { TEXT_CANDIDATES } from './text-backlog.ts';

type Statements = Pick<Connection, 'prepare'>;

/** How far one answer goes: beyond, its numbers are the least that there are. */
export interface TextLimits {
  /** Candidates that are read of the trigram index. */
  readonly candidates: number;
  /** Texts that are tried. */
  readonly tried: number;
}

export const TEXT_LIMITS: TextLimits = { candidates: 400_000, tried: 50_000 };

/** Texts of one statement. */
const BATCH = 2000;
/** Candidates between two looks whether the answer is still wanted. */
const CHUNK = 50_000;

/** Which rows a text search leaves. */
export interface TextRows {
  readonly rows: readonly number[];
  /** True when there were too many to try each. */
  readonly isMore: boolean;
}

/**
 * The rows that have all words of a search, of those that are asked for at all. Their texts are in the database alone:
 * the trigram index says which may have the words, and `instr` decides.
 *
 * @param isAsked whether it matters that a row is found
 * @param turn is awaited between batches
 * @returns undefined when there are no words
 */
export async function findText(
  columns: KeyColumns,
  statements: Statements,
  text: string | undefined,
  isAsked: (at: number) => boolean,
  turn: () => Promise<void>,
  limits: TextLimits,
): Promise<TextRows | undefined> {
  const terms = searchTerms(text);
  if (terms.length === 0) return undefined;
  const candidates = await readCandidates(columns, statements, terms, isAsked, turn, limits);
  const found: number[] = [];
  const test = statements.prepare(
    `SELECT ref FROM key WHERE ref IN (SELECT value FROM json_each(?)) AND ${terms.map(() => 'instr(txt, ?) > 0').join(' AND ')}`,
  );
  for (let start = 0; start < candidates.rows.length; start += BATCH) {
    await turn();
    const refs = candidates.rows.slice(start, start + BATCH).map(at => columns.data.ref[at]);
    for (const { ref } of test.all(JSON.stringify(refs), ...terms)) found.push(columns.rowOf(ref as number));
  }
  return { rows: found, isMore: candidates.isMore };
}

async function readCandidates(
  columns: KeyColumns,
  statements: Statements,
  terms: readonly string[],
  isAsked: (at: number) => boolean,
  turn: () => Promise<void>,
  { candidates, tried }: TextLimits,
): Promise<TextRows> {
  const match = trigramMatch(terms);
  const possible =
    match === undefined ? everyRow(columns) : matchingRows(columns, statements, match, candidates);
  const rows: number[] = [];
  let seen = 0;
  for (const at of possible.rows) {
    seen += 1;
    if (seen % CHUNK === 0) await turn();
    if (!isAsked(at)) continue;
    if (rows.length === tried) return { rows, isMore: true };
    rows.push(at);
  }
  return { rows, isMore: possible.isMore };
}

interface Possible {
  readonly rows: Iterable<number>;
  readonly isMore: boolean;
}

/** The newest first. */
function everyRow({ data: { length } }: KeyColumns): Possible {
  function* downwards() {
    for (let at = length - 1; at >= 0; at--) yield at;
  }
  return { rows: downwards(), isMore: false };
}

/** Both the index and the columns stand in the order of the references, so one pass finds all rows. */
function matchingRows({ data }: KeyColumns, { prepare }: Statements, match: string, most: number): Possible {
  const refs = prepare<number>(`${TEXT_CANDIDATES} ORDER BY 1 LIMIT ?`)
    .pluck()
    .all(match, most + 1);
  const { ref, length } = data;
  function* rows() {
    let at = 0;
    for (const each of refs.slice(0, most)) {
      while (at < length && (ref[at] as number) < each) at += 1;
      // Passed over at once: a text that is in the index and in its backlog is found twice.
      if (ref[at] === each && at < length) yield at++;
    }
  }
  return { rows: rows(), isMore: refs.length > most };
}
