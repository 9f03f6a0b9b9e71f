import type { IpRange } from '../keys/allowed-ips.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Ref, Seconds } from '../keys/ids.ts';
import type { Status } from '../keys/key.ts';
import type { KeyFilter, SecretAge } from '../keys/key-query.ts';
import type { CatalogRow } from '../keys/service.ts';
import { fold } from '../keys/text.ts';
import { MASK_BITS, NEVER } from './key-rows.ts';
import type { SqlValue } from './seals.ts';
import { TEXT_CANDIDATES } from './text-backlog.ts';

/** The choices of the filter panel that belong together, and what is always asked. */
export type FilterGroup =
  | 'service'
  | 'text'
  | 'admits'
  | 'statuses'
  | 'kinds'
  | 'grants'
  | 'expiry'
  | 'ips'
  | 'createdBy'
  | 'unsaved'
  | 'overdue'
  | 'exposed';

/** A test of a row of `key`, with what is bound to it. */
export interface Sql {
  readonly sql: string;
  readonly bound: readonly SqlValue[];
}

interface Condition extends Sql {
  readonly group: FilterGroup;
  /** Said again by others: whoever walks an index leaves it out. */
  readonly implied?: true;
}

export interface Conditions {
  readonly list: readonly Condition[];
  /** True when the trigram index gives the candidates, so that no walk is needed. */
  readonly gathered: boolean;
  /** What the trigram index is asked for; null when the text has no trigrams. */
  readonly match: string | null;
}

/** More words than anyone searches for, and fewer than SQLite can take in one statement. */
const MAX_TERMS = 32;

/** The shortest text that the trigram index knows. */
const TRIGRAM = 3;

/** A filter as SQL. All columns it names are in the covering walks, but for the text and what lies beyond the masks. */
export function filterConditions(filter: KeyFilter, now: Seconds): Conditions {
  const list: Condition[] = [];
  const add = (group: FilterGroup, sql: string, ...bound: SqlValue[]) => list.push({ group, sql, bound });
  const join = (group: FilterGroup, { sql, bound }: Sql) => list.push({ group, sql, bound });

  const terms = searchTerms(filter.text);
  const match = trigramMatch(terms);
  if (match !== undefined) list.push({ group: 'text', implied: true, ...inTextIndex(match) });
  for (const term of terms) add('text', 'instr(txt, ?) > 0', term);
  if (filter.serviceRef !== undefined) add('service', 'service_ref = ?', filter.serviceRef);
  if (filter.admits) join('admits', admitsCondition(filter.admits));
  if (filter.statuses) join('statuses', anyOf(filter.statuses.map(status => statusCondition(status, now))));
  if (filter.kinds) join('kinds', isOneOf('kind', filter.kinds));
  if (filter.createdBy) join('createdBy', isOneOf('created_by', filter.createdBy));
  if (filter.grants) join('grants', holdsOneOf(filter.grants));
  if (filter.expiry) join('expiry', expiryCondition(filter.expiry, now));
  if (filter.hasIps !== undefined) add('ips', 'has_ip = ?', filter.hasIps ? 1 : 0);
  if (filter.unsaved !== undefined) add('unsaved', 'unsaved = ?', filter.unsaved ? 1 : 0);
  if (filter.overdue) join('overdue', overdueCondition(filter.overdue, now));
  if (filter.exposed) join('exposed', exposedCondition(filter.exposed, now));
  return { list, gathered: match !== undefined, match: match ?? null };
}

/** The keys that may have all trigrams of a text: among them are those that contain it. */
export function inTextIndex(match: string): Sql {
  return { sql: `ref IN (${TEXT_CANDIDATES})`, bound: [match] };
}

/** The words of a search, folded, each once. @throws QUERY_INVALID */
export function searchTerms(text = ''): readonly string[] {
  const words = text.split(/[\s\p{Cc}]+/u).filter(Boolean);
  const terms = [...new Set(words.map(fold))];
  if (terms.length <= MAX_TERMS) return terms;
  throw new KeysmithError(
    'QUERY_INVALID',
    `The search has ${terms.length} words. Allowed are up to ${MAX_TERMS}.`,
    { field: 'search' },
  );
}

/** What the trigram index is asked for the texts that may have all terms; undefined when none is long enough for it. */
export function trigramMatch(terms: readonly string[]): string | undefined {
  const indexed = terms.filter(term => [...term].length >= TRIGRAM);
  return indexed.length > 0 ? indexed.map(toTrigrams).join(' AND ') : undefined;
}

export function allOf(conditions: readonly Sql[]): Sql {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    bound: conditions.flatMap(({ bound }) => bound),
  };
}

function anyOf(conditions: readonly Sql[]): Sql {
  return { sql: balanced(conditions), bound: conditions.flatMap(({ bound }) => bound) };
}

/** Halves within parentheses: a chain of a thousand would be deeper than SQLite takes. */
function balanced(conditions: readonly Sql[]): string {
  const [first, second] = conditions;
  if (!first) return 'FALSE';
  if (!second) return first.sql;
  const middle = Math.ceil(conditions.length / 2);
  return `(${balanced(conditions.slice(0, middle))} OR ${balanced(conditions.slice(middle))})`;
}

export function isOneOf(column: string, values: readonly string[]): Sql {
  return { sql: `${column} IN (SELECT value FROM json_each(?))`, bound: [JSON.stringify(values)] };
}

/** `expired` is a matter of the clock: a range on the expiry, never a stored state. */
export function statusCondition(status: Status, now: Seconds): Sql {
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

export function expiryCondition(expiry: NonNullable<KeyFilter['expiry']>, now: Seconds): Sql {
  if (expiry === 'never') return { sql: "(status <> 'revoked' AND exp_sort = ?)", bound: [NEVER] };
  return {
    sql: "(status <> 'revoked' AND exp_sort > ? AND exp_sort <= ?)",
    bound: [now, now + expiry.within],
  };
}

export function overdueCondition(ages: readonly SecretAge[], now: Seconds): Sql {
  const old = anyOf(
    ages.map(({ serviceRef, until }) => ({
      sql: '(service_ref = ? AND secret_at <= ?)',
      bound: [serviceRef, until],
    })),
  );
  return {
    sql: `(kind = 'private' AND status = 'active' AND exp_sort > ? AND ${old.sql})`,
    bound: [now, ...old.bound],
  };
}

export function exposedCondition(entries: readonly CatalogRow[], now: Seconds): Sql {
  const held = holdsOneOf(entries);
  return {
    sql: `(kind = 'public' AND status <> 'revoked' AND exp_sort > ? AND ${held.sql})`,
    bound: [now, ...held.bound],
  };
}

/** Whether a key holds one of the entries: by the masks of its service, and by the list of grants beyond them. */
export function holdsOneOf(entries: readonly CatalogRow[]): Sql {
  const masks = new Map<string, { service: Ref; column: number; mask: bigint }>();
  const beyond: CatalogRow[] = [];
  for (const entry of entries) {
    const { serviceRef, bit } = entry;
    if (bit === null || bit >= 2 * MASK_BITS) {
      beyond.push(entry);
      continue;
    }
    const column = bit < MASK_BITS ? 0 : 1;
    const key = `${serviceRef}/${column}`;
    const before = masks.get(key)?.mask ?? 0n;
    masks.set(key, { service: serviceRef, column, mask: before | (1n << BigInt(bit % MASK_BITS)) });
  }
  const byMask = [...masks.values()].map(({ service, column, mask }) => ({
    sql: `(service_ref = ? AND grants_${column} & ? <> 0)`,
    bound: [service, mask],
  }));
  if (beyond.length === 0) return anyOf(byMask);
  const byList = {
    sql: 'ref IN (SELECT key_ref FROM key_grant WHERE catalog_ref IN (SELECT value FROM json_each(?)))',
    bound: [JSON.stringify(beyond.map(({ ref }) => ref))],
  };
  return anyOf([...byMask, byList]);
}

/** Bound to no address, or to a network that contains the client: the possible networks are looked up one by one. */
function admitsCondition(networks: readonly IpRange[]): Sql {
  const { sql, bound } = inOneOf(networks);
  return { sql: `(has_ip = 0 OR ${sql})`, bound };
}

/** The keys that are bound to one of these networks. */
export function inOneOf(networks: readonly IpRange[]): Sql {
  const rows = networks.map(() => '(?, ?, ?)').join(', ');
  return {
    sql: `ref IN (SELECT key_ref FROM (VALUES ${rows}) CROSS JOIN key_ip ON family = column1 AND prefix_length = column2 AND network = column3)`,
    bound: networks.flatMap(({ family, prefixLength, network }) => [
      family,
      prefixLength,
      Buffer.from(network),
    ]),
  };
}

/** The trigrams of a term, all of which a text that contains it must have. */
function toTrigrams(term: string): string {
  const characters = [...term];
  const trigrams = characters
    .slice(0, -(TRIGRAM - 1))
    .map((_, start) => characters.slice(start, start + TRIGRAM).join(''));
  return [...new Set(trigrams)].map(trigram => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}
