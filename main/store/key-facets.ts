import { addDuration, parseDuration } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { KINDS, STATUSES } from '../keys/key.ts';
import { EXPIRY_WINDOWS, type FacetQuery, type KeyFacets, TOP_CREATORS } from '../keys/key-query.ts';
import type { CatalogRow, CatalogType } from '../keys/service.ts';
import type { Connection } from './connection.ts';
import {
  allOf,
  type Conditions,
  expiryCondition,
  exposedCondition,
  type FilterGroup,
  filterConditions,
  holdsOneOf,
  overdueCondition,
  type Sql,
  statusCondition,
} from './key-conditions.ts';
import { fromKeys } from './key-search.ts';
import type { Row } from './seals.ts';

/** More permissions than one walk tests on each key: they are counted from the list of grants instead. */
const MAX_IN_WALK = 64;

/** One number to count: the keys that a choice would show. */
interface Counted extends Sql {
  readonly group: FilterGroup;
  readonly label: string;
}

/**
 * Counts the keys that each choice of the filter panel would show. Groups whose own choice narrows nothing are
 * counted together in one walk, every other group in a walk of its own.
 */
export function countFacets(connection: Connection, query: FacetQuery, now: Seconds): KeyFacets {
  const conditions = filterConditions(query.filter, now);
  const numbers = new Map<string, number>();
  for (const group of walksOf(choicesOf(query, now), conditions)) {
    const row = countChoices(connection, conditions, group);
    group.choices.forEach(
      ({ label }, nth) => void numbers.set(label, (row[`c${nth}`] as number | null) ?? 0),
    );
  }
  if (query.grants.length > MAX_IN_WALK) countGrants(connection, conditions, query.grants, numbers);
  const read = (label: string) => numbers.get(label) ?? 0;
  const record = <Name extends string>(prefix: string, names: readonly Name[]) =>
    Object.fromEntries(names.map(name => [name, read(`${prefix} ${name}`)])) as Record<Name, number>;
  return {
    statuses: record('status', STATUSES),
    kinds: record('kind', KINDS),
    permissions: record('permission', idsOf(query, 'permission')),
    roles: record('role', idsOf(query, 'role')),
    expiry: record('expiry', [...EXPIRY_WINDOWS, 'never']),
    ips: record('ips', ['set', 'unset']),
    createdBy: countCreators(connection, conditions),
    unsaved: read('unsaved'),
    overdue: read('overdue'),
    exposed: read('exposed'),
    isMore: false,
  };
}

function idsOf({ grants }: FacetQuery, wanted: CatalogType): readonly string[] {
  return grants.filter(({ type }) => type === wanted).map(({ id }) => id);
}

function choicesOf({ grants, overdue, exposed }: FacetQuery, now: Seconds): readonly Counted[] {
  const within = (window: string) => {
    const duration = parseDuration(window);
    return { within: duration ? addDuration(now, duration) - now : 0 };
  };
  return [
    ...STATUSES.map(status => ({
      group: 'statuses' as const,
      label: `status ${status}`,
      ...statusCondition(status, now),
    })),
    ...KINDS.map(kind => ({
      group: 'kinds' as const,
      label: `kind ${kind}`,
      sql: 'kind = ?',
      bound: [kind],
    })),
    ...(grants.length > MAX_IN_WALK ? [] : grants).map(entry => ({
      group: 'grants' as const,
      label: `${entry.type} ${entry.id}`,
      ...holdsOneOf([entry]),
    })),
    ...EXPIRY_WINDOWS.map(window => ({
      group: 'expiry' as const,
      label: `expiry ${window}`,
      ...expiryCondition(within(window), now),
    })),
    { group: 'expiry', label: 'expiry never', ...expiryCondition('never', now) },
    { group: 'ips', label: 'ips set', sql: 'has_ip = 1', bound: [] },
    { group: 'ips', label: 'ips unset', sql: 'has_ip = 0', bound: [] },
    { group: 'unsaved', label: 'unsaved', sql: 'unsaved = 1', bound: [] },
    { group: 'overdue', label: 'overdue', ...overdueCondition(overdue, now) },
    { group: 'exposed', label: 'exposed', ...exposedCondition(exposed, now) },
  ];
}

interface FacetWalk {
  /** The group whose own conditions are left out; null when none has any. */
  readonly without: FilterGroup | null;
  readonly choices: readonly Counted[];
}

function walksOf(choices: readonly Counted[], { list }: Conditions): readonly FacetWalk[] {
  const narrowed = new Set(list.map(({ group }) => group));
  const walks = new Map<FilterGroup | null, Counted[]>();
  for (const choice of choices) {
    const without = narrowed.has(choice.group) ? choice.group : null;
    const together = walks.get(without) ?? [];
    together.push(choice);
    walks.set(without, together);
  }
  return [...walks].map(([without, each]) => ({ without, choices: each }));
}

function countChoices(connection: Connection, conditions: Conditions, { without, choices }: FacetWalk): Row {
  const where = allOf(conditions.list.filter(({ group }) => group !== without));
  const sums = choices.map(({ sql }, nth) => `sum(${sql}) AS c${nth}`).join(', ');
  const bound = [...choices.flatMap(choice => choice.bound), ...where.bound];
  return connection.prepare(`SELECT ${sums} ${fromKeys(conditions)} WHERE ${where.sql}`).get(...bound) ?? {};
}

function countGrants(
  { prepare }: Connection,
  conditions: Conditions,
  grants: readonly CatalogRow[],
  numbers: Map<string, number>,
): void {
  const where = allOf(conditions.list.filter(({ group }) => group !== 'grants'));
  const rows = prepare(
    `SELECT catalog_ref AS entry, count(*) AS keys FROM key_grant WHERE catalog_ref IN (SELECT value FROM json_each(?)) AND key_ref IN (SELECT ref ${fromKeys(conditions)} WHERE ${where.sql}) GROUP BY catalog_ref`,
  ).all(JSON.stringify(grants.map(({ ref }) => ref)), ...where.bound);
  const labels = new Map(grants.map(({ ref, type, id }) => [ref as number, `${type} ${id}`]));
  for (const { entry, keys } of rows) numbers.set(labels.get(entry as number) ?? '', keys as number);
}

function countCreators({ prepare }: Connection, conditions: Conditions): KeyFacets['createdBy'] {
  const where = allOf(conditions.list.filter(({ group }) => group !== 'createdBy'));
  return prepare(
    `SELECT created_by AS name, count(*) AS keys ${fromKeys(conditions)} WHERE ${where.sql} GROUP BY created_by ORDER BY keys DESC, name LIMIT ${TOP_CREATORS}`,
  )
    .all(...where.bound)
    .map(row => ({ name: row.name as string, keys: row.keys as number }));
}
