import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { importCatalog, parseCatalog } from '../../../main/keys/import-catalog.ts';
import { toCatalog } from '../../../main/keys/service.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { testInstallation } from '../../fixtures/installation.ts';

describe('a service', () => {
  it('made from a template has its catalog and policy', async () => {
    const { store } = await testInstallation();
    const service = store.service('team-api');
    expect(service).toMatchObject({
      prefix: 'team',
      audience: 'urn:keysmith:team-api',
      format: 'opaque',
      tampered: false,
    });
    expect(toCatalog(store.catalog(service?.ref ?? (0 as never))).permissions.map(({ id }) => id)).toContain(
      'computers:read',
    );
  });

  it('made from nothing has defaults that follow from its slug', async () => {
    const { ports, actor } = await testInstallation();
    expect(createService(ports, actor, { service: 'billing-gateway' })).toMatchObject({
      title: 'billing-gateway',
      prefix: 'billingg',
      audience: 'urn:keysmith:billing-gateway',
    });
    expect(createService(ports, actor, { service: 'x' }).prefix).toBe('xk');
  });

  it.each([
    [{ service: 'Team' }, 'SLUG_INVALID'],
    [{ service: 'a'.repeat(33) }, 'SLUG_INVALID'],
    [{ service: 'team-api' }, 'SERVICE_EXISTS'],
    [{ service: 'a', prefix: 'toolongprefix' }, 'PREFIX_INVALID'],
    [{ service: 'a', audience: 'no uri' }, 'AUDIENCE_INVALID'],
    [{ service: 'a', template: 'nope' }, 'TEMPLATE_UNKNOWN'],
    [{ service: 'a', title: '' }, 'TITLE_INVALID'],
  ] as const)('%j is refused with %s', async (request, code) => {
    const { ports, actor, store } = await testInstallation();
    const before = store.head();
    refusal(code, () => createService(ports, actor, request));
    expect(store.head()).toEqual(before);
  });

  it('can be edited, and only then says so in the log', async () => {
    const { ports, actor, store } = await testInstallation();
    const before = store.head().seq;
    editService(ports, actor, { service: 'team-api', title: 'Team API' });
    expect(store.head().seq).toBe(before);
    const edited = editService(ports, actor, {
      service: 'team-api',
      title: 'Teams',
      policy: { expiry: { max: 'P1Y', default: 'P1Y' } },
    });
    expect(edited).toMatchObject({
      title: 'Teams',
      policy: { renamable: true, expiry: { max: 'P1Y', default: 'P1Y', required: false } },
    });
    expect(store.head().seq).toBe(before + 1);
  });

  it.each([
    [{ expiry: { max: 'P1M', default: 'P2M' } }, 'expiry.default'],
    [{ expiry: { max: 'P1M', choices: ['P1Y'] } }, 'expiry.choices'],
    [{ expiry: { max: 'soon' } }, 'expiry.max'],
    [{ kinds: [] }, 'kinds'],
  ] as const)('refuses the policy %j', async (policy, field) => {
    const { ports, actor } = await testInstallation();
    expect(
      refusal('POLICY_INVALID', () =>
        editService(ports, actor, { service: 'team-api', policy: policy as never }),
      ).field,
    ).toBe(field);
  });
});

describe('importing a catalog', () => {
  const catalog = (...ids: string[]) =>
    parseCatalog(JSON.stringify({ permissions: ids.map(id => ({ id, title: id.toUpperCase() })) }));

  it('adds, edits, removes and brings back, each with its entry', async () => {
    const { ports, actor, store } = await testInstallation();
    createService(ports, actor, { service: 'own' });
    importCatalog(ports, actor, { service: 'own', catalog: catalog('a', 'b') });
    importCatalog(ports, actor, { service: 'own', catalog: catalog('b', 'c') });
    expect(
      importCatalog(ports, actor, {
        service: 'own',
        catalog: catalog('a', 'b', 'c'),
      }).catalog.permissions.map(({ id }) => id),
    ).toEqual(['a', 'b', 'c']);
    const actions = store
      .audit({ limit: 100 })
      .filter(entry => entry.subject.id === 'own/permission/a')
      .map(({ action }) => action);
    expect(actions).toEqual(['catalog.add', 'catalog.remove', 'catalog.add']);
    const refs = store.catalog(store.service('own')?.ref ?? (0 as never)).map(({ ref }) => ref);
    expect(new Set(refs).size, 'what came back is what it was').toBe(3);
  });

  it('writes nothing when nothing changes', async () => {
    const { ports, actor, store } = await testInstallation();
    createService(ports, actor, { service: 'own' });
    importCatalog(ports, actor, { service: 'own', catalog: catalog('a') });
    const before = store.head();
    importCatalog(ports, actor, { service: 'own', catalog: catalog('a') });
    expect(store.head()).toEqual(before);
  });

  it('says how many keys hold what it leaves out, and asks', async () => {
    const { ports, actor, store } = await testInstallation();
    createService(ports, actor, { service: 'own' });
    importCatalog(ports, actor, { service: 'own', catalog: catalog('a', 'b') });
    const { key } = createKey(ports, actor, { service: 'own', name: 'one', permissions: ['a'] });
    createKey(ports, actor, { service: 'own', name: 'two', permissions: ['a', 'b'] });
    const before = store.head();
    expect(
      refusal('CATALOG_IN_USE', () => importCatalog(ports, actor, { service: 'own', catalog: catalog() }))
        .message,
    ).toContain('permission a (2 keys), permission b (1 key)');
    expect(store.head()).toEqual(before);
    importCatalog(ports, actor, { service: 'own', catalog: catalog(), force: true });
    expect(store.key(key.id)?.permissions, 'the key keeps what it holds').toEqual(['a']);
    expect(editKey(ports, actor, { key: key.id, permissions: ['a'], owner: 'Ann' }).permissions).toEqual([
      'a',
    ]);
    refusal('PERMISSION_UNKNOWN', () =>
      createKey(ports, actor, { service: 'own', name: 'three', permissions: ['a'] }),
    );
  });
});
