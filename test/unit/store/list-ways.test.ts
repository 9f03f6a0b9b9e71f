import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disableKey } from '../../../main/keys/disable-key.ts';
import type { Ref } from '../../../main/keys/ids.ts';
import { type KeyCriteria, resolveCriteria } from '../../../main/keys/key-criteria.ts';
import {
  type KeyQuery,
  type KeySort,
  parseSort,
  SORT_FIELDS,
  type SortField,
} from '../../../main/keys/key-query.ts';
import { connect } from '../../../main/store/connection.ts';
import { searchRefs } from '../../../main/store/key-search.ts';
import type { Tuning } from '../../../main/store/list-page.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { CROWD_NOW, populate } from '../../fixtures/key-crowd.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';
import { anyCriteria, plainScan } from '../../fixtures/plain-scan.ts';

type Asked = Omit<KeyQuery, 'limit' | 'after' | 'offset'>;

/** Takes the nth way there is, and gives it up for another one after so many keys. */
function forced(nth: number, patience: number, gone: Set<string>): Tuning {
  const pick = <T>(list: readonly T[], at: number) => list[at % list.length];
  return {
    plan(ways) {
      const first = pick(ways, nth);
      if (!first) throw new Error('there is no way');
      const gathers = ways.filter(({ ordered }) => !ordered);
      const other = first.ordered ? (pick(gathers, nth + patience) ?? null) : null;
      gone.add(`${first.index ?? first.given.sql.slice(0, 36)}${first.ordered ? ' in order' : ''}`);
      return { first, patience, other };
    },
    stride: 1,
    strideCost: 0,
    step: 1 + (patience % 5),
  };
}

/** All references of a list, page after page, by cursor and by number. */
function read({ store }: TestInstallation, query: Asked, limit: number, tuning: Tuning) {
  // Another object, so that nothing is known of the list from before.
  const connection = { ...store.connection };
  const page = (more: Pick<KeyQuery, 'after' | 'offset'>) =>
    searchRefs(connection, { ...query, limit, ...more }, CROWD_NOW, tuning);
  const walked: Ref[] = [];
  for (let after: KeyQuery['after'] | null; after !== null; ) {
    const { refs, next } = page(after ? { after } : {});
    walked.push(...refs);
    after = next;
  }
  // From the far end to the start, so that places are jumped to that nobody has been at.
  const jumped: Ref[] = [];
  for (let offset = Math.floor(walked.length / limit) * limit; offset >= 0; offset -= limit)
    jumped.unshift(...page({ offset }).refs);
  return { walked, jumped };
}

/** What opens every way there is, beside those that every list has. */
const OPENERS: readonly KeyCriteria[] = [
  {},
  { service: 'support-api', kinds: ['public'] },
  { createdBy: ['Ann'], statuses: ['active'] },
  { createdBy: ['Ann', 'bea'], statuses: ['disabled', 'revoked'] },
  { statuses: ['revoked'] },
  { unsaved: true },
  { overdue: true },
  { exposed: true, service: 'support-api' },
  { exposed: true, service: 'wide' },
  { permissions: ['people:read', 'p129'] },
  { hasIps: true, admits: '10.1.2.3' },
  { expires: '30d' },
  { text: 'alpha 1' },
];

async function crowd() {
  const installation = await testInstallation();
  populate(installation);
  const { store } = installation;
  const all = store.keys({ sort: parseSort('created'), limit: 1000 }, CROWD_NOW).keys;
  const scan = plainScan(store, CROWD_NOW);
  const expectSame = (asked: KeyCriteria, sort: KeySort, limit: number, tuning: Tuning) => {
    const query = { ...resolveCriteria(store, asked, CROWD_NOW), sort };
    const { walked, jumped } = read(installation, query, limit, tuning);
    expect(new Set(walked)).toEqual(new Set(all.filter(key => scan(asked, key)).map(({ ref }) => ref)));
    expect(jumped).toEqual(walked);
    // That order is a plain scan's: see key-search.test.ts.
    expect(walked).toEqual(store.keys({ ...query, limit: 1000 }, CROWD_NOW).keys.map(({ ref }) => ref));
  };
  return { ...installation, all, expectSame };
}

describe('the ways to a list', () => {
  it('all lead to the same keys in the same order as a plain scan', async () => {
    const { store, all, expectSame } = await crowd();
    const slugs = store.services().map(({ slug }) => slug);
    fc.assert(
      fc.property(
        anyCriteria(all, slugs),
        fc.constantFrom<SortField>(...SORT_FIELDS),
        fc.boolean(),
        fc.nat({ max: 12 }),
        fc.nat({ max: 40 }),
        fc.integer({ min: 2, max: 40 }),
        (asked, field, descending, nth, patience, limit) =>
          expectSame(asked, { field, descending }, limit, forced(nth, patience, new Set())),
      ),
      { numRuns: 120 },
    );
  });

  it('are each gone', async () => {
    const { expectSame } = await crowd();
    const gone = new Set<string>();
    for (const asked of OPENERS)
      for (const sort of asked === OPENERS[0] ? SORT_FIELDS : ['created', 'name:desc', 'expires'])
        for (const nth of [0, 1, 2, 3, 4]) expectSame(asked, parseSort(sort), 40, forced(nth, 7, gone));
    expect([...gone].sort()).toMatchInlineSnapshot(`
      [
        "key_by_created",
        "key_by_created in order",
        "key_by_creator",
        "key_by_creator in order",
        "key_by_expiry",
        "key_by_expiry in order",
        "key_by_grants in order",
        "key_by_last_four in order",
        "key_by_name in order",
        "key_by_service",
        "key_by_service in order",
        "key_name in order",
        "key_not_active",
        "key_not_active in order",
        "key_public",
        "key_unsaved",
        "key_unsaved in order",
        "ref IN (SELECT held.ref FROM json_ea",
        "ref IN (SELECT key_ref FROM (VALUES ",
        "ref IN (SELECT key_ref FROM key_gran",
        "ref IN (SELECT old.ref FROM json_eac",
        "ref IN (SELECT value FROM json_each(",
        "sqlite_autoindex_key_1 in order",
      ]
    `);
  });

  it('lead to what is there now, whoever changed it', async () => {
    const installation = await testInstallation();
    addManyKeys(installation, 30);
    const { store, ports, actor, clock } = installation;
    const disabled = (offset: number) =>
      store
        .keys({ sort: parseSort('name'), statuses: ['disabled'], limit: 5, offset }, clock.now)
        .keys.map(({ name }) => name);
    const disable = (name: string) => disableKey(ports, actor, { key: `team-api/${name}` });
    expect(disabled(1)).toEqual([]);
    for (const name of ['key-1', 'key-2', 'key-3']) disable(name);
    expect(disabled(1)).toEqual(['key-2', 'key-3']);

    const other = connect(openDatabase(store.connection.db.name), store.connection.seals);
    other.db.exec("UPDATE key SET status = 'disabled' WHERE name = 'key-29'");
    other.db.close();
    expect(disabled(1)).toEqual(['key-2', 'key-29', 'key-3']);

    expect(() =>
      store.change(actor, ports.clock, () => {
        store.connection.db.exec("UPDATE key SET status = 'disabled' WHERE name = 'key-0'");
        expect(disabled(1)).toEqual(['key-1', 'key-2', 'key-29', 'key-3']);
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect(disabled(1)).toEqual(['key-2', 'key-29', 'key-3']);
  });
});
