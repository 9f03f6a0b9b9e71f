import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { type Key, KINDS, STATUSES, statusAt } from '../../../main/keys/key.ts';
import { type KeyQuery, parseSort, SORT_FIELDS } from '../../../main/keys/key-query.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { fold } from '../../../main/keys/text.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

const WORDS = ['alpha', 'Straße', 'ÉCOLE', 'x"y', '日本語キー', 'a', 'be', 'Gamma ray', "o'neil", '100%'];

/** Sixty keys of every state, over two services, created in an order that is not the name's. */
function populate({ ports, actor, clock }: TestInstallation): void {
  createService(ports, actor, { service: 'other' });
  for (let index = 0; index < 60; index++) {
    clock.now = NOW + Math.floor(index / 3);
    const service = index % 4 === 0 ? 'other' : 'team-api';
    const name = `${WORDS[index % WORDS.length]} ${(index * 37) % 60}`;
    const expires = index % 5 === 0 ? '30s' : index % 5 === 1 ? '2027-01-31' : 'never';
    const { key } = createKey(ports, actor, {
      service,
      name,
      description: WORDS[(index * 3) % WORDS.length],
      expires,
      owner: index % 2 ? 'Ann' : '',
    });
    if (index % 7 === 0) revokeKey(ports, actor, { key: key.id });
    else if (index % 6 === 0) removeKey(ports, actor, { key: key.id });
    else if (index % 3 === 0) markSaved(ports, actor, { key: key.id });
    if (index % 11 === 1 && index % 6 !== 0 && index % 7 !== 0)
      editKey(ports, actor, { key: key.id, description: 'edited later' });
  }
}

/** All keys, by walking pages of `limit`. */
function walk(
  { store }: TestInstallation,
  query: Omit<KeyQuery, 'limit' | 'after'>,
  limit: number,
  now: number,
): Key[] {
  const keys: Key[] = [];
  for (let after: KeyQuery['after'] | null; after !== null; ) {
    const page = store.keys({ ...query, limit, ...(after && { after }) }, now);
    keys.push(...page.keys);
    after = page.next;
  }
  return keys;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  const [left = '', right = ''] = [a[at], b[at]];
  return at < 0 ? 0 : left < right ? -1 : 1;
}

function matches(key: Key, query: Omit<KeyQuery, 'sort' | 'limit'>, now: number): boolean {
  const text = fold([key.name, key.description, key.owner, key.id, key.hint.slice(-4)].join('\n'));
  return (
    (query.serviceRef === undefined || key.serviceRef === query.serviceRef) &&
    (query.statuses === undefined || query.statuses.includes(statusAt(key, now))) &&
    (query.unsaved === undefined || query.unsaved === (key.savedAt === null && key.status !== 'revoked')) &&
    (query.text ?? '').split(/\s+/).every(term => text.includes(fold(term)))
  );
}

describe('searching keys', () => {
  it('gives the same rows as a plain scan, whatever is asked and however it is paged', async () => {
    const installation = await testInstallation();
    populate(installation);
    const now = NOW + 45;
    const all = walk(installation, { sort: parseSort('created') }, 7, now);
    expect(all.length).toBeGreaterThan(40);
    const query = fc.record(
      {
        serviceRef: fc.constantFrom(...installation.store.services().map(({ ref }) => ref)),
        statuses: fc.uniqueArray(fc.constantFrom(...STATUSES), { minLength: 1 }),
        unsaved: fc.boolean(),
        text: fc.constantFrom(
          ...WORDS,
          'strasse',
          'STRASSE 1',
          'école',
          'ann',
          'edited LATER',
          'zzz',
          'e',
          'キー',
          ...all.slice(0, 3).map(({ id }) => id),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        query,
        fc.constantFrom(...SORT_FIELDS),
        fc.boolean(),
        fc.integer({ min: 1, max: 70 }),
        (filter, field, descending, limit) => {
          const found = walk(installation, { ...filter, sort: { field, descending } }, limit, now);
          const value = (key: Key) =>
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
          const expected = all
            .filter(key => matches(key, filter, now))
            .sort((a, b) => (compare(value(a), value(b)) || a.ref - b.ref) * (descending ? -1 : 1));
          expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
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
      for (const now of [NOW + 20, NOW + 45]) {
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
