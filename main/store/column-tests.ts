import type { Seconds } from '../keys/ids.ts';
import { STATUSES } from '../keys/key.ts';
import type { KeyFilter, SecretAge } from '../keys/key-query.ts';
import type { CatalogRow } from '../keys/service.ts';
import type { Connection } from './connection.ts';
import { FLAG, type KeyColumns, STORED, WORD_BITS, WORDS } from './key-columns.ts';
import type { FilterGroup } from './key-conditions.ts';
import { MASK_BITS, NEVER } from './key-rows.ts';

type Statements = Pick<Connection, 'prepare'>;

/** Groups in which the filter panel has choices; `base` stands for all others. */
type ChoiceGroup = 'base' | Exclude<FilterGroup, 'text' | 'service' | 'admits'>;

/** One bit for each group of choices: which of them a key does not meet. */
export const FAILS = {
  base: 1,
  statuses: 2,
  kinds: 4,
  grants: 8,
  expiry: 16,
  ips: 32,
  createdBy: 64,
  unsaved: 128,
  overdue: 256,
  exposed: 512,
} as const satisfies Record<ChoiceGroup, number>;

/** Places of the effective statuses. */
const ACTIVE = STATUSES.indexOf('active');
const DISABLED = STATUSES.indexOf('disabled');
const EXPIRED = STATUSES.indexOf('expired');
const REVOKED = STATUSES.indexOf('revoked');

/** Says of a row of the columns whether something holds. */
export type RowTest = (at: number) => boolean;

/** A filter on rows: which groups of choices a key does not meet. A bit of `base` means that nothing else was asked. */
export type RowFails = (at: number) => number;

/** The effective status of a row, as its place in {@link STATUSES}. */
export function statusOf({ data }: KeyColumns, now: Seconds): (at: number) => number {
  const { flags, expires } = data;
  return at => {
    const stored = (flags[at] as number) & STORED.mask;
    if (stored === STORED.revoked) return REVOKED;
    if ((expires[at] as number) <= now) return EXPIRED;
    return stored === STORED.active ? ACTIVE : DISABLED;
  };
}

/**
 * All of a filter but its text.
 *
 * @param statements asks what no column holds: the networks of addresses, and entries beyond the masks
 */
export function compileFilter(
  columns: KeyColumns,
  statements: Statements,
  filter: KeyFilter,
  now: Seconds,
): RowFails {
  const { data, services } = columns;
  const { flags, service, creator, expires } = data;
  const status = statusOf(columns, now);
  const only = filter.serviceRef === undefined ? undefined : (services.get(filter.serviceRef) ?? -1);
  const networks = filter.admits && admittedRows(columns, statements, filter.admits);
  const statuses = filter.statuses && placesIn(STATUSES, filter.statuses);
  const kinds = filter.kinds?.length === 1 ? filter.kinds[0] : undefined;
  const noKind = filter.kinds?.length === 0;
  const creators = filter.createdBy && creatorsIn(columns, filter.createdBy);
  const holds = filter.grants && holdsTest(columns, statements, filter.grants);
  const overdue = filter.overdue && overdueTest(columns, filter.overdue, now);
  const exposed = filter.exposed && exposedTest(columns, statements, filter.exposed, now);
  const { expiry, hasIps, unsaved } = filter;
  const ends = expiry === undefined || expiry === 'never' ? NEVER : now + expiry.within;

  const meetsExpiry: RowTest = at => {
    const end = expires[at] as number;
    if (((flags[at] as number) & STORED.mask) === STORED.revoked) return false;
    return expiry === 'never' ? end === NEVER : end > now && end <= ends;
  };
  return at => {
    const flag = flags[at] as number;
    if ((flag & FLAG.listed) === 0) return FAILS.base;
    if (only !== undefined && service[at] !== only) return FAILS.base;
    if (networks && (flag & FLAG.hasIp) !== 0 && networks[at] === 0) return FAILS.base;
    let fails = 0;
    if (statuses !== undefined && ((statuses >> status(at)) & 1) === 0) fails |= FAILS.statuses;
    if (noKind || (kinds !== undefined && ((flag & FLAG.public) !== 0) !== (kinds === 'public')))
      fails |= FAILS.kinds;
    if (holds && !holds(at)) fails |= FAILS.grants;
    if (expiry !== undefined && !meetsExpiry(at)) fails |= FAILS.expiry;
    if (hasIps !== undefined && ((flag & FLAG.hasIp) !== 0) !== hasIps) fails |= FAILS.ips;
    if (creators && creators[creator[at] as number] === 0) fails |= FAILS.createdBy;
    if (unsaved !== undefined && ((flag & FLAG.unsaved) !== 0) !== unsaved) fails |= FAILS.unsaved;
    if (overdue && !overdue(at)) fails |= FAILS.overdue;
    if (exposed && !exposed(at)) fails |= FAILS.exposed;
    return fails;
  };
}

export function overdueTest(columns: KeyColumns, ages: readonly SecretAge[], now: Seconds): RowTest {
  const { flags, service, secret } = columns.data;
  const status = statusOf(columns, now);
  const until = latestStarts(columns, ages);
  return at =>
    ((flags[at] as number) & FLAG.public) === 0 &&
    (secret[at] as number) <= (until[service[at] as number] as number) &&
    status(at) === ACTIVE;
}

/** By the place of a service: the time at or before which a secret is too old. */
function latestStarts({ services }: KeyColumns, ages: readonly SecretAge[]): Float64Array {
  const until = new Float64Array(services.size).fill(Number.NEGATIVE_INFINITY);
  for (const age of ages) {
    const place = services.get(age.serviceRef);
    if (place !== undefined) until[place] = age.until;
  }
  return until;
}

export function exposedTest(
  columns: KeyColumns,
  statements: Statements,
  entries: readonly CatalogRow[],
  now: Seconds,
): RowTest {
  const { flags, expires } = columns.data;
  const holds = holdsTest(columns, statements, entries);
  return at => {
    const flag = flags[at] as number;
    return (
      (flag & FLAG.public) !== 0 &&
      (flag & STORED.mask) !== STORED.revoked &&
      (expires[at] as number) > now &&
      holds(at)
    );
  };
}

/** Whether an entry of a catalog has no bit in the masks of a key. */
export function isBeyond({ bit }: CatalogRow): boolean {
  return bit === null || bit >= 2 * MASK_BITS;
}

/** The bit of an entry among all words of a key's masks. */
function wordBitOf(bit: number): readonly [word: number, bit: number] {
  return [Math.floor(bit / WORD_BITS), bit % WORD_BITS];
}

/** The rows of the keys that hold an entry, by the list of grants. */
export function holderRows(
  columns: KeyColumns,
  { prepare }: Statements,
  entry: CatalogRow,
): readonly number[] {
  return prepare('SELECT key_ref AS ref FROM key_grant WHERE catalog_ref = ?')
    .all(entry.ref)
    .flatMap(({ ref }) => {
      const at = columns.rowOf(ref as number);
      return at < 0 ? [] : [at];
    });
}

/** Whether a key holds one of the entries. */
export function holdsTest(
  columns: KeyColumns,
  statements: Statements,
  entries: readonly CatalogRow[],
): RowTest {
  const { service, words } = columns.data;
  const [w0, w1, w2, w3] = words;
  const wanted = new Int32Array(columns.services.size * WORDS);
  let beyond: Uint8Array | undefined;
  for (const entry of entries) {
    const place = columns.services.get(entry.serviceRef);
    if (isBeyond(entry)) {
      beyond ??= new Uint8Array(columns.data.length);
      for (const at of holderRows(columns, statements, entry)) beyond[at] = 1;
    } else if (place !== undefined) {
      const [word, bit] = wordBitOf(entry.bit as number);
      wanted[place * WORDS + word] = (wanted[place * WORDS + word] as number) | (1 << bit);
    }
  }
  return at => {
    const first = (service[at] as number) * WORDS;
    return (
      ((w0[at] as number) & (wanted[first] as number)) !== 0 ||
      ((w1[at] as number) & (wanted[first + 1] as number)) !== 0 ||
      ((w2[at] as number) & (wanted[first + 2] as number)) !== 0 ||
      ((w3[at] as number) & (wanted[first + 3] as number)) !== 0 ||
      (beyond !== undefined && beyond[at] === 1)
    );
  };
}

/** One for each row whose key is bound to one of the networks. */
function admittedRows(
  columns: KeyColumns,
  { prepare }: Statements,
  networks: NonNullable<KeyFilter['admits']>,
): Uint8Array {
  const rows = new Uint8Array(columns.data.length);
  const bound = prepare(
    'SELECT key_ref AS ref FROM key_ip WHERE family = ? AND prefix_length = ? AND network = ?',
  );
  for (const { family, prefixLength, network } of networks) {
    for (const { ref } of bound.all(family, prefixLength, Buffer.from(network))) {
      const at = columns.rowOf(ref as number);
      if (at >= 0) rows[at] = 1;
    }
  }
  return rows;
}

function placesIn<T>(all: readonly T[], chosen: readonly T[]): number {
  return all.reduce((places, each, place) => (chosen.includes(each) ? places | (1 << place) : places), 0);
}

function creatorsIn({ creators }: KeyColumns, names: readonly string[]): Uint8Array {
  const chosen = new Uint8Array(creators.size);
  for (const name of names) {
    const place = creators.get(name);
    if (place !== undefined) chosen[place] = 1;
  }
  return chosen;
}
