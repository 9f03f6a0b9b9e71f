import { describe, expect, it } from 'vitest';
import { keyViewer } from '../../../main/desktop/key-view.ts';
import { bulkChange } from '../../../main/keys/bulk-change.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import { importCatalog, parseCatalog } from '../../../main/keys/import-catalog.ts';
import type { Kind } from '../../../main/keys/key.ts';
import { resolveCriteria, resolveFacets } from '../../../main/keys/key-criteria.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

/** A catalog of these permissions; those with an exclamation mark are public-safe. */
const catalog = (...ids: string[]) =>
  parseCatalog(
    JSON.stringify({
      permissions: ids.map(id => ({ id: id.replace('!', ''), title: id, public_safe: id.endsWith('!') })),
    }),
  );

async function withCatalog(...ids: string[]) {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'api' });
  importCatalog(ports, actor, { service: 'api', catalog: catalog(...ids) });
  const issue = (name: string, kind: Kind, ...permissions: string[]) =>
    createKey(ports, actor, { service: 'api', name, kind, permissions }).key;
  const change = (...after: string[]) =>
    importCatalog(ports, actor, { service: 'api', catalog: catalog(...after), force: true }).exposed;
  return { ...installation, issue, change };
}

/** The exposed keys as the list finds them, as the panel counts them, and as each row shows them. */
function exposedKeys({ store, clock }: TestInstallation) {
  const now = clock.now;
  const filter = resolveCriteria(store, { exposed: true }, now);
  const view = keyViewer(store, now);
  const { keys } = store.keys({ ...filter, sort: { field: 'name', descending: false }, limit: 100 }, now);
  expect(store.countKeys(filter, now)).toBe(keys.length);
  expect(store.facets(resolveFacets(store, {}, now), now).exposed).toBe(keys.length);
  return keys.map(key => [key.name, ...view(key).exposed]);
}

describe('a public key', () => {
  it('is only ever given public-safe permissions', async () => {
    const { ports, actor, store, issue } = await withCatalog('a!', 'b', 'c!');
    const key = issue('web', 'public', 'a', 'c');
    const before = store.head();
    const { message, field } = refusal('PERMISSION_NOT_PUBLIC', () => issue('two', 'public', 'a', 'b'));
    expect(message).toBe(
      'The permission "b" cannot be given to a public key. Allowed for public keys are a, c.',
    );
    expect(field).toBe('permissions');
    refusal('PERMISSION_NOT_PUBLIC', () => editKey(ports, actor, { key: key.id, permissions: ['b'] }));
    refusal('PERMISSION_UNKNOWN', () => editKey(ports, actor, { key: key.id, permissions: ['d'] }));
    expect(store.head()).toEqual(before);
    expect(issue('ci', 'private', 'a', 'b').permissions).toEqual(['a', 'b']);
  });

  it('is exposed once what it holds is no longer public-safe', async () => {
    const installation = await withCatalog('a!', 'b!', 'c!');
    const { issue, change } = installation;
    issue('one', 'public', 'a', 'b');
    issue('two', 'public', 'b');
    issue('three', 'public', 'c');
    issue('four', 'private', 'a', 'b');
    expect(exposedKeys(installation)).toEqual([]);
    expect(change('a', 'b', 'c!')).toEqual([
      { permission: 'a', keys: 1 },
      { permission: 'b', keys: 2 },
    ]);
    expect(exposedKeys(installation)).toEqual([
      ['one', 'a', 'b'],
      ['two', 'b'],
    ]);
    expect(change('a!', 'b!', 'c!')).toEqual([]);
    expect(exposedKeys(installation)).toEqual([]);
  });

  it('is exposed by a permission that left the catalog', async () => {
    const installation = await withCatalog('a!', 'b!');
    const { issue, change } = installation;
    issue('one', 'public', 'a');
    expect(change('b!')).toEqual([{ permission: 'a', keys: 1 }]);
    expect(exposedKeys(installation)).toEqual([['one', 'a']]);
  });

  it('is exposed by a permission that someone made public-safe outside Keysmith', async () => {
    const installation = await withCatalog('a!', 'b!');
    const { issue, change, store } = installation;
    issue('one', 'public', 'a');
    change('a', 'b!');
    store.connection.db.exec("UPDATE catalog SET public_safe = 1 WHERE id = 'a'");
    expect(exposedKeys(installation)).toEqual([['one', 'a']]);
    refusal('TAMPERED', () => issue('two', 'public', 'a'));
  });

  it('that is exposed keeps what it holds in an edit of something else, and may lose it', async () => {
    const installation = await withCatalog('a!', 'b!');
    const { ports, actor, issue, change } = installation;
    const { id } = issue('one', 'public', 'a', 'b');
    change('a', 'b!');
    expect(editKey(ports, actor, { key: id, owner: 'Ann' }).permissions).toEqual(['a', 'b']);
    refusal('PERMISSION_NOT_PUBLIC', () => editKey(ports, actor, { key: id, permissions: ['a'] }));
    editKey(ports, actor, { key: id, permissions: ['b'] });
    expect(exposedKeys(installation)).toEqual([]);
  });

  it('that is ended is not pointed out, and one that is disabled is', async () => {
    const installation = await withCatalog('a!');
    const { ports, actor, clock, issue, change } = installation;
    const revoked = issue('revoked', 'public', 'a');
    const disabled = issue('disabled', 'public', 'a');
    const expiring = createKey(ports, actor, {
      service: 'api',
      name: 'expiring',
      kind: 'public',
      permissions: ['a'],
      expires: '1h',
    }).key;
    revokeKey(ports, actor, { key: revoked.id });
    disableKey(ports, actor, { key: disabled.id });
    expect(change('a')).toEqual([{ permission: 'a', keys: 2 }]);
    expect(exposedKeys(installation)).toEqual([
      ['disabled', 'a'],
      ['expiring', 'a'],
    ]);
    clock.now = NOW + 3600;
    expect(exposedKeys(installation)).toEqual([['disabled', 'a']]);
    refusal('PERMISSION_NOT_PUBLIC', () => enableKey(ports, actor, { key: expiring.id, expires: '1h' }));
  });

  it('gets no new token and lives no longer before it is mended', async () => {
    const { ports, actor, store, issue, change } = await withCatalog('a!', 'b!');
    const { id } = issue('web', 'public', 'a');
    const soon = createKey(ports, actor, {
      service: 'api',
      name: 'soon',
      kind: 'public',
      permissions: ['a'],
      expires: '30d',
    }).key;
    change('a');
    const before = store.head();
    for (const attempt of [
      () => rotateKey(ports, actor, { key: id }),
      () => editKey(ports, actor, { key: soon.id, expires: 'P1Y' }),
      () => enableKey(ports, actor, { key: disableKey(ports, actor, { key: id }).id }),
    ])
      refusal('PERMISSION_NOT_PUBLIC', attempt);
    expect(
      refusal('BULK_REFUSED', () =>
        bulkChange(ports, actor, { action: 'extend', keys: [id], expires: 'never' }),
      ).refusals,
    ).toMatchObject([{ subject: id, code: 'PERMISSION_NOT_PUBLIC' }]);
    expect(store.head().seq).toBe(before.seq + 1);
    editKey(ports, actor, { key: id, permissions: [] });
    expect(enableKey(ports, actor, { key: id }).status).toBe('active');
  });

  it('is found in its own service only', async () => {
    const installation = await withCatalog('a!');
    const { ports, actor, store, issue, change } = installation;
    createService(ports, actor, { service: 'other' });
    importCatalog(ports, actor, { service: 'other', catalog: catalog('a!') });
    createKey(ports, actor, { service: 'other', name: 'safe', kind: 'public', permissions: ['a'] });
    issue('one', 'public', 'a');
    change('a');
    expect(exposedKeys(installation)).toEqual([['one', 'a']]);
    const count = (service: string) =>
      store.countKeys(resolveCriteria(store, { service, exposed: true }, NOW), NOW);
    expect([count('api'), count('other')]).toEqual([1, 0]);
  });
});
