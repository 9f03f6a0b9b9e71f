import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import { type KeyCriteria, resolveFacets } from '../../../main/keys/key-criteria.ts';
import { countByScan } from '../../fixtures/counted-by-scan.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { CROWD_NOW, populate } from '../../fixtures/key-crowd.ts';
import { addedOperator } from '../../fixtures/operators.ts';
import { anyCriteria, plainScan } from '../../fixtures/plain-scan.ts';

async function crowd() {
  const installation = await testInstallation();
  populate(installation);
  const { store } = installation;
  const sort = { field: 'created', descending: false } as const;
  const all = store.keys({ sort, limit: 1000 }, CROWD_NOW).keys;
  const slugs = store.services().map(({ slug }) => slug);
  return { ...installation, all, slugs };
}

describe('the counts beside each choice', () => {
  it('are those of a plain scan, whatever is filtered', async () => {
    const { store, all, slugs } = await crowd();
    fc.assert(
      fc.property(anyCriteria(all, slugs), fc.integer({ min: 0, max: 120 }), (asked, days) => {
        const now = CROWD_NOW + days * 86_400;
        const facets = store.facets(resolveFacets(store, asked, now), now);
        const catalog = store.services().find(({ slug }) => slug === asked.service);
        const permissions = catalog ? store.catalog(catalog.ref).map(({ id }) => id) : [];
        expect(facets).toEqual(countByScan(plainScan(store, now), all, asked, permissions));
      }),
      { numRuns: 200 },
    );
  });

  it('are not narrowed by a choice of their own group, and by those of the others', async () => {
    const { store } = await crowd();
    const facets = (criteria: KeyCriteria) =>
      store.facets(resolveFacets(store, criteria, CROWD_NOW), CROWD_NOW);
    const free = facets({});
    const chosen = facets({ statuses: ['revoked'] });
    expect(chosen.statuses).toEqual(free.statuses);
    expect(chosen.kinds.private + chosen.kinds.public).toBe(free.statuses.revoked);
    expect(free.kinds.private + free.kinds.public).toBeGreaterThan(free.statuses.revoked);
    expect(free.permissions, 'permissions are counted within one service').toEqual({});
  });

  it('are all nought where there is nothing', async () => {
    const { store, ports, actor } = await testInstallation();
    createService(ports, actor, { service: 'empty' });
    const { grants: _, ...query } = resolveFacets(store, { service: 'empty' }, NOW);
    expect(store.facets({ ...query, grants: [] }, NOW)).toEqual({
      statuses: { active: 0, disabled: 0, expired: 0, revoked: 0 },
      kinds: { private: 0, public: 0 },
      permissions: {},
      roles: {},
      expiry: { '7d': 0, '14d': 0, '30d': 0, '90d': 0, never: 0 },
      ips: { set: 0, unset: 0 },
      createdBy: [],
      unsaved: 0,
      overdue: 0,
      exposed: 0,
      isMore: false,
    });
  });

  it('name the twenty who made most keys', async () => {
    const installation = await testInstallation();
    const { store, ports } = installation;
    for (let index = 0; index < 24; index++) {
      const by = addedOperator(installation, `Person ${String.fromCharCode(65 + index)}`);
      createKey(ports, by, { service: 'team-api', name: `key ${index}` });
      if (index >= 20) createKey(ports, by, { service: 'team-api', name: `another ${index}` });
    }
    const { createdBy } = store.facets(resolveFacets(store, {}, NOW), NOW);
    expect(createdBy).toHaveLength(20);
    expect(createdBy.slice(0, 5)).toEqual([
      { name: 'Person U', keys: 2 },
      { name: 'Person V', keys: 2 },
      { name: 'Person W', keys: 2 },
      { name: 'Person X', keys: 2 },
      { name: 'Person A', keys: 1 },
    ]);
  });

  it('are there for a catalog with more permissions than a statement has columns', async () => {
    const { store, ports, actor } = await testInstallation();
    createService(ports, actor, { service: 'huge' });
    const ids = Array.from({ length: 2100 }, (_, index) => `p${index}`);
    const permissions = ids.map(id => ({ id, title: id, description: '', public_safe: false }));
    importCatalog(ports, actor, { service: 'huge', catalog: { permissions, roles: [], accounts: [] } });
    createKey(ports, actor, { service: 'huge', name: 'a', permissions: ['p0', 'p499', 'p500', 'p2099'] });
    createKey(ports, actor, { service: 'huge', name: 'b', permissions: ['p500'] });
    const facets = store.facets(resolveFacets(store, { service: 'huge' }, NOW), NOW);
    expect(Object.keys(facets.permissions)).toEqual(ids);
    expect(Object.entries(facets.permissions).filter(([, keys]) => keys > 0)).toEqual([
      ['p0', 1],
      ['p499', 1],
      ['p500', 2],
      ['p2099', 1],
    ]);
    expect(facets.kinds).toEqual({ private: 2, public: 0 });
  });
});
