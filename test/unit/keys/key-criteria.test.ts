import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import { type KeyCriteria, resolveCriteria, resolveFacets } from '../../../main/keys/key-criteria.ts';
import { run } from '../../fixtures/edited-by-hand.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const DAY = 86_400;

async function withServices() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  const support = createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
  const resolve = (criteria: KeyCriteria) => resolveCriteria(store, criteria, NOW);
  const names = (criteria: KeyCriteria, now = NOW) =>
    store
      .keys(
        { ...resolveCriteria(store, criteria, now), sort: { field: 'name', descending: false }, limit: 100 },
        now,
      )
      .keys.map(({ name }) => name);
  return { ...installation, support, resolve, names };
}

describe('what people ask of keys', () => {
  it('is nothing where nothing is asked', async () => {
    const { resolve } = await withServices();
    expect(resolve({})).toEqual({});
    expect(resolve({ unsaved: false, overdue: false, exposed: false })).toEqual({});
  });

  it('becomes what the store looks for', async () => {
    const { resolve, support } = await withServices();
    expect(
      resolve({
        service: 'support-api',
        statuses: ['active'],
        kinds: ['public'],
        createdBy: ['Ann'],
        expires: 'P1M',
        hasIps: false,
        unsaved: true,
        overdue: true,
        text: 'x',
      }),
    ).toEqual({
      serviceRef: support.ref,
      statuses: ['active'],
      kinds: ['public'],
      createdBy: ['Ann'],
      expiry: { within: 30 * DAY },
      hasIps: false,
      unsaved: true,
      overdue: [{ serviceRef: support.ref, until: NOW - 90 * DAY }],
      text: 'x',
    });
    expect(resolve({ expires: 'never' })).toEqual({ expiry: 'never' });
    expect(resolve({ admits: '10.0.0.1' }).admits).toHaveLength(33);
    expect(resolve({ admits: '::1' }).admits).toHaveLength(129);
  });

  it.each<[KeyCriteria, Parameters<typeof refusal>[0], string, string]>([
    [{ service: 'nowhere' }, 'SERVICE_NOT_FOUND', 'service', '"nowhere"'],
    [{ permissions: ['sessions:create', 'root'] }, 'PERMISSION_UNKNOWN', 'permissions', '"root"'],
    [
      { service: 'team-api', permissions: ['sessions:create'] },
      'PERMISSION_UNKNOWN',
      'permissions',
      'sessions',
    ],
    [{ expires: 'soon' }, 'QUERY_INVALID', 'expires', '"soon"'],
    [{ expires: '2027-01-31' }, 'QUERY_INVALID', 'expires', '"2027-01-31"'],
    [{ expires: '' }, 'QUERY_INVALID', 'expires', '""'],
    [{ admits: '10.0.0.0/8' }, 'IP_INVALID', 'allowed_ips', '"10.0.0.0/8"'],
    [{ admits: '' }, 'IP_INVALID', 'allowed_ips', '""'],
  ])('%j is refused with %s', async (criteria, code, field, given) => {
    const { resolve, store } = await withServices();
    for (const work of [() => resolve(criteria), () => resolveFacets(store, criteria, NOW)]) {
      const failure = refusal(code, work);
      expect(failure.field).toBe(field);
      expect(failure.message).toContain(given);
    }
  });

  it('is refused of a service that was changed by hand', async () => {
    const installation = await withServices();
    run(installation, "UPDATE service SET title = 'x' WHERE slug = 'support-api'");
    refusal('TAMPERED', () => installation.resolve({ service: 'support-api' }));
  });

  it('may be a permission that the catalog no longer has', async () => {
    const { ports, actor, names } = await withServices();
    createKey(ports, actor, { service: 'team-api', name: 'old', permissions: ['people:read'] });
    createKey(ports, actor, { service: 'team-api', name: 'other', permissions: ['groups:read'] });
    const catalog = { permissions: [], roles: [], accounts: [] };
    importCatalog(ports, actor, { service: 'team-api', catalog, force: true });
    expect(names({ permissions: ['people:read'] })).toEqual(['old']);
  });

  it('finds in all services the keys that hold a permission of the same name', async () => {
    const { ports, actor, names } = await withServices();
    const permissions = [{ id: 'people:read', title: 'People', description: '', public_safe: false }];
    importCatalog(ports, actor, {
      service: 'support-api',
      catalog: { permissions, roles: [], accounts: [] },
    });
    for (const service of ['team-api', 'support-api']) {
      createKey(ports, actor, { service, name: `${service} yes`, permissions: ['people:read'] });
      createKey(ports, actor, { service, name: `${service} no` });
    }
    expect(names({ permissions: ['people:read'] })).toEqual(['support-api yes', 'team-api yes']);
    expect(names({ service: 'team-api', permissions: ['people:read'] })).toEqual(['team-api yes']);
  });

  it('is overdue at the very second at which the rotation is due, by each service’s own policy', async () => {
    const { ports, actor, names } = await withServices();
    editService(ports, actor, { service: 'team-api', policy: { rotation: 'P1M' } });
    createKey(ports, actor, { service: 'team-api', name: 'monthly' });
    createKey(ports, actor, { service: 'support-api', name: 'quarterly' });
    createKey(ports, actor, { service: 'support-api', name: 'public', kind: 'public' });
    const month = NOW + 30 * DAY;
    const quarter = NOW + 90 * DAY;
    expect(names({ overdue: true }, month - 1)).toEqual([]);
    expect(names({ overdue: true }, month)).toEqual(['monthly']);
    expect(names({ overdue: true }, quarter - 1)).toEqual(['monthly']);
    expect(names({ overdue: true }, quarter)).toEqual(['monthly', 'quarterly']);
    expect(names({ overdue: true, service: 'support-api' }, quarter)).toEqual(['quarterly']);
    editService(ports, actor, { service: 'team-api', policy: { rotation: null } });
    expect(names({ overdue: true }, quarter)).toEqual(['quarterly']);
  });

  it('counts permissions where one service is asked, or there is only one', async () => {
    const { store } = await withServices();
    const granted = (criteria: KeyCriteria) => resolveFacets(store, criteria, NOW).grants.map(({ id }) => id);
    expect(granted({})).toEqual([]);
    expect(granted({ service: 'team-api' })).toContain('people:read');
    const single = await testInstallation();
    expect(resolveFacets(single.store, {}, NOW).grants.map(({ id }) => id)).toEqual(
      granted({ service: 'team-api' }),
    );
  });
});
