import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import type { Ref } from '../../../main/keys/ids.ts';
import { type Key, KINDS, STATUSES, statusAt } from '../../../main/keys/key.ts';
import { type KeyCriteria, resolveCriteria } from '../../../main/keys/key-criteria.ts';
import {
  type KeyFilter,
  type KeyQuery,
  parseSort,
  SORT_FIELDS,
  type SortField,
} from '../../../main/keys/key-query.ts';
import { fold } from '../../../main/keys/text.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { CROWD_NOW, populate } from '../../fixtures/key-crowd.ts';
import { anyCriteria, plainScan } from '../../fixtures/plain-scan.ts';

/** More keys than any test makes. */
const ENOUGH = 1000;

type Query = Omit<KeyQuery, 'limit' | 'after' | 'offset'>;

/** All keys, by walking pages of `limit`, each after the last key of the one before. */
function walk({ store }: TestInstallation, query: Query, limit: number, now: number): Key[] {
  const keys: Key[] = [];
  for (let after: KeyQuery['after'] | null; after !== null; ) {
    const page = store.keys({ ...query, limit, ...(after && { after }) }, now);
    keys.push(...page.keys);
    after = page.next;
    if (keys.length > ENOUGH) throw new Error('the list has no end');
  }
  return keys;
}

/** All keys, by jumping from place to place. */
function jump({ store }: TestInstallation, query: Query, limit: number, now: number): Key[] {
  const keys: Key[] = [];
  for (let more = true; more; ) {
    const page = store.keys({ ...query, limit, offset: keys.length }, now);
    keys.push(...page.keys);
    more = page.next !== null;
    if (keys.length > ENOUGH) throw new Error('the list has no end');
  }
  return keys;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  const [left = '', right = ''] = [a[at], b[at]];
  return at < 0 ? 0 : left < right ? -1 : 1;
}

/** What a key is sorted by. */
const sortedBy = (key: Key, field: SortField, now: number) =>
  ({
    created: [key.createdAt],
    name: [fold(key.name)],
    expires: [key.expiresAt ?? Number.MAX_SAFE_INTEGER],
    status: [STATUSES.indexOf(statusAt(key, now)), key.createdAt],
    service: [key.service, key.createdAt],
    kind: [KINDS.indexOf(key.kind), key.createdAt],
    permissions: [JSON.stringify(key.permissions) + JSON.stringify(key.roles)],
    id: [key.id],
    'last-four': [key.hint.slice(-4)],
  })[field];

async function crowd() {
  const installation = await testInstallation();
  populate(installation);
  const all = walk(installation, { sort: parseSort('created') }, 7, CROWD_NOW);
  const slugs = installation.store.services().map(({ slug }) => slug);
  return { ...installation, all, criteria: anyCriteria(all, slugs) };
}

describe('searching keys', () => {
  it('gives the same rows as a plain scan, whatever is asked and however it is paged', async () => {
    const installation = await crowd();
    const { store, all, criteria } = installation;
    expect(all.length).toBeGreaterThan(90);
    const found = { none: 0, some: 0 };
    fc.assert(
      fc.property(
        criteria,
        fc.constantFrom(...SORT_FIELDS),
        fc.boolean(),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 120 }),
        (asked, field, descending, limit, days) => {
          const now = CROWD_NOW + days * 86_400;
          const scan = plainScan(store, now);
          const filter = resolveCriteria(store, asked, now);
          const expected = all
            .filter(key => scan(asked, key))
            .sort(
              (a, b) =>
                (compare(sortedBy(a, field, now), sortedBy(b, field, now)) || a.ref - b.ref) *
                (descending ? -1 : 1),
            )
            .map(({ id }) => id);
          found[expected.length === 0 ? 'none' : 'some'] += 1;
          const query = { ...filter, sort: { field, descending } };
          const ids = (keys: readonly Key[]) => keys.map(({ id }) => id);
          expect(ids(walk(installation, query, limit, now))).toEqual(expected);
          expect(ids(jump(installation, query, Math.max(limit, 20), now))).toEqual(expected);
          expect(store.countKeys(filter, now)).toBe(expected.length);
        },
      ),
      { numRuns: 300 },
    );
    expect(found.some, 'what is asked is often there').toBeGreaterThan(found.none);
  });

  it('names the keys that match, oldest first, as many as are wanted', async () => {
    const { store, all, criteria } = await crowd();
    fc.assert(
      fc.property(criteria, fc.integer({ min: 1, max: 120 }), (asked, limit) => {
        const scan = plainScan(store, CROWD_NOW);
        const matching = all.filter(key => scan(asked, key)).sort((a, b) => a.ref - b.ref);
        expect(store.keyIds(resolveCriteria(store, asked, CROWD_NOW), CROWD_NOW, limit)).toEqual(
          matching.slice(0, limit).map(({ id }) => id),
        );
      }),
    );
  });

  it('finds each kind of key in the crowd that these tests ask for', async () => {
    const { store, all } = await crowd();
    const scan = plainScan(store, CROWD_NOW);
    const wanted: readonly KeyCriteria[] = [
      { overdue: true, service: 'support-api' },
      { overdue: true, service: 'wide' },
      { kinds: ['private'], statuses: ['disabled'], service: 'support-api' },
      { exposed: true },
      { permissions: ['p123'] },
      { permissions: ['p129'] },
      { admits: '2001:db8::99', hasIps: true },
      ...STATUSES.map(status => ({ statuses: [status] })),
    ];
    for (const asked of wanted) {
      const matching = all.filter(key => scan(asked, key));
      expect(matching.length, JSON.stringify(asked)).toBeGreaterThan(0);
      expect(matching.length).toBeLessThan(all.length);
    }
  });

  it('keeps every derived list in step with every change', async () => {
    const installation = await testInstallation();
    populate(installation);
    expect(verifyStore(installation.store.connection).findings).toEqual([]);
  });

  it('counts the active keys of a service by the clock', async () => {
    const installation = await testInstallation();
    populate(installation);
    const { store } = installation;
    for (const { ref } of store.services()) {
      for (const now of [CROWD_NOW, CROWD_NOW + 30 * 86_400]) {
        const active = walk(
          installation,
          { sort: parseSort('name'), serviceRef: ref, statuses: ['active'] },
          100,
          now,
        );
        expect(store.activeKeys(ref, now)).toBe(active.length);
      }
    }
  });

  it('takes filters over thousands of services', async () => {
    const { store, ports, actor } = await testInstallation();
    const { key } = createKey(ports, actor, {
      service: 'team-api',
      name: 'ci',
      permissions: ['people:read'],
    });
    const [row] = store.catalog(key.serviceRef).filter(({ id }) => id === 'people:read');
    if (!row) throw new Error('no permission');
    const refs = [...Array.from({ length: 3000 }, (_, index) => 1_000_000 + index), key.serviceRef] as Ref[];
    const count = (filter: KeyFilter) => store.countKeys(filter, NOW);
    expect(count({ overdue: refs.map(serviceRef => ({ serviceRef, until: NOW })) })).toBe(1);
    expect(count({ overdue: refs.map(serviceRef => ({ serviceRef, until: NOW - 1 })) })).toBe(0);
    expect(count({ grants: refs.map(serviceRef => ({ ...row, serviceRef })) })).toBe(1);
    expect(count({ exposed: refs.map(serviceRef => ({ ...row, serviceRef })) })).toBe(0);
  });

  it('takes odd texts and refuses too many words', async () => {
    const { store } = await testInstallation();
    const keys = (text: string) => store.keys({ sort: parseSort('name'), limit: 10, text }, NOW).keys;
    for (const text of ['abc\0def', '"abc"', 'NEAR(', '***', '%%%', '___', '\\\\'])
      expect(keys(text)).toEqual([]);
    refusal('QUERY_INVALID', () =>
      keys(Array.from({ length: 1000 }, (_, index) => `word${index}`).join(' ')),
    );
  });

  it('refuses an order that does not exist', () => {
    refusal('QUERY_INVALID', () => parseSort('secret'));
    refusal('QUERY_INVALID', () => parseSort('name:up'));
    expect(parseSort('name:desc')).toEqual({ field: 'name', descending: true });
  });
});
