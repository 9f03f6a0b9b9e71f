import type { Ref } from '../keys/ids.ts';
import type { Connection } from './connection.ts';
import { type Conditions, inTextIndex, type Sql } from './key-conditions.ts';
import { TEXT_CANDIDATES } from './text-backlog.ts';

/** So many candidates are read at once; a text that has more is taken for a common one. */
const FEW = 10_000;

/**
 * The keys that may contain the text that is searched for: the trigram index names them, and whoever looks them up
 * lets `instr` decide. Null where the text has no trigrams.
 *
 * @param total how many keys there are
 */
export function gatherText(
  { prepare }: Connection,
  { match }: Conditions,
  total: number,
): { readonly given: Sql; readonly size: number } | null {
  if (match === null) return null;
  const refs = prepare(`${TEXT_CANDIDATES} LIMIT ?`)
    .all(match, FEW + 1)
    .map(({ rowid }) => rowid as Ref);
  if (refs.length <= FEW) {
    return {
      given: { sql: 'ref IN (SELECT value FROM json_each(?))', bound: [JSON.stringify(refs)] },
      size: refs.length,
    };
  }
  // Those of the index come in the order of their references: how far the first ones reach says how dense they are.
  const span = prepare(
    'SELECT (SELECT min(ref) FROM key) AS first, (SELECT max(ref) FROM key) AS last',
  ).get();
  const [first, last] = [span?.first as number, span?.last as number];
  const reached = ((refs.at(-1) ?? last) - first + 1) / (last - first + 1);
  return { given: inTextIndex(match), size: Math.round(Math.min(total, refs.length / reached)) };
}
