import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import { type KeyCriteria, resolveCriteria, resolveFacets } from '../../../main/keys/key-criteria.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { type CountAnswers, createCountAnswers } from '../../../main/store/answer-counts.ts';
import { databasePath } from '../../../main/store/data-folder.ts';
import { openForReading } from '../../../main/store/open-database.ts';
import { countByScan } from '../../fixtures/counted-by-scan.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { CROWD_NOW, populate } from '../../fixtures/key-crowd.ts';
import { anyCriteria, plainScan } from '../../fixtures/plain-scan.ts';

const DAY = 86_400;

function answersFor({ folder }: TestInstallation, ...limits: Parameters<typeof createCountAnswers>[1][]) {
  const db = openForReading(databasePath(folder));
  onTestFinished(() => void db.close());
  return createCountAnswers(db, ...limits);
}

async function crowd() {
  const installation = await testInstallation();
  populate(installation);
  return installation;
}

const allKeys = ({ store }: TestInstallation) =>
  store.keys({ sort: { field: 'created', descending: false }, limit: 1000 }, CROWD_NOW).keys;

/** What the columns, the counters and SQL say. */
async function countEachWay(
  { store }: TestInstallation,
  answers: CountAnswers,
  criteria: KeyCriteria,
  now: number,
) {
  const query = resolveFacets(store, criteria, now);
  const filter = resolveCriteria(store, criteria, now);
  const columns = await answers.answer({ kind: 'facets', query, now });
  const counted = store.countedFacets(query, now);
  return {
    columns,
    sql: store.facets(query, now),
    counters: counted && {
      ...counted,
      ...(await answers.answer({ kind: 'needs', query, now })),
      isMore: false,
    },
    length: await answers.answer({ kind: 'count', filter, now }),
    countedLength: store.countedKeys(filter),
  };
}

describe('counting in columns', () => {
  it('gives what a plain scan gives, whatever is filtered', async () => {
    const installation = await crowd();
    const { store } = installation;
    const all = allKeys(installation);
    const slugs = store.services().map(({ slug }) => slug);
    const answers = answersFor(installation);
    await answers.warm;
    await fc.assert(
      fc.asyncProperty(anyCriteria(all, slugs), fc.integer({ min: 0, max: 120 }), async (asked, days) => {
        const now = CROWD_NOW + days * DAY + 1234;
        const { columns, sql, counters, length, countedLength } = await countEachWay(
          installation,
          answers,
          asked,
          now,
        );
        const scan = plainScan(store, now);
        const service = store.services().find(({ slug }) => slug === asked.service);
        const permissions = service ? store.catalog(service.ref).map(({ id }) => id) : [];
        expect(columns).toEqual(countByScan(scan, all, asked, permissions));
        expect(sql).toEqual(columns);
        if (counters) expect(counters).toEqual(columns);
        expect(length).toEqual({ keys: all.filter(key => scan(asked, key)).length, isMore: false });
        if (countedLength !== undefined) expect(countedLength).toBe(length.keys);
      }),
      { numRuns: 80 },
    );
  });

  it('is the same until the columns are read', async () => {
    const installation = await crowd();
    const { store } = installation;
    const ask = async (answers: CountAnswers) => {
      const all = await countEachWay(installation, answers, { service: 'wide' }, CROWD_NOW);
      const some = await countEachWay(installation, answers, { text: 'alpha', hasIps: true }, CROWD_NOW);
      return [all, some];
    };
    const cold = await ask(answersFor(installation));
    const answers = answersFor(installation);
    await answers.warm;
    expect(await ask(answers)).toEqual(cold);
    expect(cold[0]?.length.keys).toBe(store.countKeys(resolveCriteria(store, { service: 'wide' }, 0), 0));
  });

  it('counts what each signing key signed, as a reader does', async () => {
    const installation = await testInstallation();
    const { ports, actor, store } = installation;
    createService(ports, actor, { service: 'sc', template: 'role-tokens' });
    const roles = [{ role: 'global-viewer', accounts: null }];
    for (const name of ['a', 'b', 'c']) createKey(ports, actor, { service: 'sc', name, roles });
    const rotated = await rotateSigningKey(ports, actor, { purpose: 'token' });
    createKey(ports, actor, { service: 'sc', name: 'd', roles });
    const by = store.signingKeys().map(({ ref }) => ref);
    const answers = answersFor(installation);
    const signed = await answers.answer({ kind: 'signed', by, now: NOW });
    expect(signed.map(({ live }) => live)).toEqual([3, 1]);
    expect(signed).toEqual(by.map(ref => store.signedBy(ref, NOW)));
    expect(by.at(-1)).toBe(rotated.ref);
    await answers.warm;
    expect(await answers.answer({ kind: 'signed', by, now: NOW })).toEqual(signed);
  });

  it('follows every kind of change', async () => {
    const installation = await crowd();
    const { ports, actor, clock } = installation;
    const answers = answersFor(installation);
    await answers.warm;
    const [first, second] = allKeys(installation).filter(
      ({ status, service, kind }) => status === 'active' && service === 'support-api' && kind === 'private',
    );
    const id = first?.id ?? '';
    const issue = () =>
      createKey(ports, actor, { service: 'support-api', name: `new ${clock.now}`, expires: '80d' }).key.id;
    const changes = [
      () => void editKey(ports, actor, { key: id, expires: '70d', allowedIps: '10.9.0.0/16' }),
      () => void editKey(ports, actor, { key: id, permissions: ['devices:read'] }),
      () => void rotateKey(ports, actor, { key: id }),
      () => void disableKey(ports, actor, { key: id }),
      () => void enableKey(ports, actor, { key: id }),
      () => void markSaved(ports, actor, { key: issue() }),
      () => void revokeKey(ports, actor, { key: id }),
      () => void removeKey(ports, actor, { key: id }),
      () => void removeKey(ports, actor, { key: second?.id ?? '' }),
      () => void editService(ports, actor, { service: 'support-api', policy: { rotation: '1d' } }),
      () =>
        void importCatalog(ports, actor, {
          service: 'support-api',
          catalog: { permissions: [], roles: [], accounts: [] },
          force: true,
        }),
    ];
    for (const [nth, change] of changes.entries()) {
      clock.now += DAY / 3;
      const before = installation.store.head().seq;
      change();
      expect(installation.store.head().seq, `change ${nth} is one`).toBeGreaterThan(before);
      for (const criteria of [{}, { service: 'support-api' }, { admits: '10.9.1.1' }, { text: 'new' }]) {
        const { columns, sql, counters } = await countEachWay(installation, answers, criteria, clock.now);
        expect(columns, `after change ${nth}`).toEqual(sql);
        if (counters) expect(counters).toEqual(sql);
      }
    }
  });

  it('reads all anew where the log does not tell what changed', async () => {
    const installation = await crowd();
    const { store } = installation;
    const answers = answersFor(installation);
    await answers.warm;
    const length = async () =>
      (await answers.answer({ kind: 'count', filter: { kinds: ['private', 'public'] }, now: CROWD_NOW }))
        .keys;
    const before = await length();
    store.connection.db.exec('DELETE FROM key WHERE ref = (SELECT max(ref) FROM key)');
    expect(await length(), 'nothing says that a key is gone').toBe(before);
    store.connection.db.exec('UPDATE audit SET mac = zeroblob(32) WHERE seq = (SELECT max(seq) FROM audit)');
    expect(await length()).toBe(before - 1);
    expect(await length(), 'though the counters say otherwise').toBe(before - 1);
  });

  it('says that there may be more where a search finds too many to try each', async () => {
    const installation = await crowd();
    const { store } = installation;
    const facetsWith = async (limits: { candidates: number; tried: number }, criteria: KeyCriteria) => {
      const answers = answersFor(installation, limits);
      await answers.warm;
      const query = resolveFacets(store, criteria, CROWD_NOW);
      const facets = await answers.answer({ kind: 'facets', query, now: CROWD_NOW });
      const count = await answers.answer({ kind: 'count', filter: query.filter, now: CROWD_NOW });
      return { facets, count, all: store.facets(query, CROWD_NOW) };
    };
    const enough = { candidates: 1000, tried: 1000 };
    for (const text of ['gamma', 'a']) {
      for (const limits of [
        { ...enough, tried: 5 },
        ...(text === 'a' ? [] : [{ ...enough, candidates: 5 }]),
      ]) {
        const { facets, count, all } = await facetsWith(limits, { text });
        expect(facets.isMore).toBe(true);
        expect(count).toEqual({ keys: 5, isMore: true });
        expect(facets.kinds.private + facets.kinds.public).toBe(5);
        expect(all.kinds.private + all.kinds.public).toBeGreaterThan(5);
      }
      const { facets, all } = await facetsWith(enough, { text });
      expect(facets).toEqual(all);
    }
    const narrow = { text: 'a', createdBy: ['nobody'], statuses: ['revoked'] } as const;
    const { facets, all } = await facetsWith({ ...enough, tried: 20 }, narrow);
    expect(facets, 'texts of keys that count nowhere are not tried').toEqual(all);
  });

  it('gives up facets as soon as newer ones are wanted, and nothing else', async () => {
    const installation = await crowd();
    const { store } = installation;
    const answers = answersFor(installation);
    await answers.warm;
    const now = CROWD_NOW;
    const facets = (criteria: KeyCriteria) =>
      answers.answer({ kind: 'facets', query: resolveFacets(store, criteria, now), now });
    const asked = [
      facets({ kinds: ['public'] }),
      answers.answer({ kind: 'count', filter: { kinds: ['public'] }, now }),
      facets({ hasIps: true }),
      facets({ unsaved: true }),
    ];
    const ended = await Promise.allSettled(asked);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect(ended[0]).toMatchObject({ reason: { code: 'CANCELLED' } });
    expect(await asked[3]).toEqual(store.facets(resolveFacets(store, { unsaved: true }, now), now));
  });
});
