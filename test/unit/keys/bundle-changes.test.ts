import { describe, expect, it } from 'vitest';
import { keyViewer } from '../../../main/desktop/key-view.ts';
import { type BundleChanges, bundleChanges, hasBundleChanges } from '../../../main/keys/bundle-changes.ts';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { copyToken } from '../../../main/keys/copy-token.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import { endGrace } from '../../../main/keys/end-grace.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import type { Actor } from '../../../main/keys/operator.ts';
import type { Ports } from '../../../main/keys/ports.ts';
import { reissueKey } from '../../../main/keys/reissue-key.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { exportedBundle } from '../../fixtures/bundles.ts';
import { run } from '../../fixtures/edited-by-hand.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const NOTHING = {
  added: 0,
  changed: 0,
  disabled: 0,
  refused: 0,
  more: false,
  signingKeys: 0,
  audience: false,
};
const SERVICE = 'support-api';

/** A key of a service, one of another, and bundles of both. */
async function withBundles(template = 'public-private-keys') {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  createService(ports, actor, { service: SERVICE, template });
  const signed = template === 'role-tokens';
  const issue = (name: string) =>
    createKey(ports, actor, {
      service: SERVICE,
      name,
      kind: signed ? 'private' : 'public',
      expires: '30d',
      ...(signed && { roles: [{ role: 'global-viewer', accounts: null }] }),
    }).key;
  const { id } = issue('ci');
  const neighbour = issue('neighbour');
  const elsewhere = createKey(ports, actor, { service: 'team-api', name: 'elsewhere' }).key;
  rotateKey(ports, actor, { key: id, grace: '7d' });
  for (const service of [SERVICE, 'team-api']) await exportedBundle(installation, service);
  const changes = (service = SERVICE): BundleChanges => {
    const found = store.service(service);
    if (!found) throw new Error(`there is no service ${service}`);
    const changes = bundleChanges(store, found);
    const { latest: _, ...counted } = changes;
    const isAny = JSON.stringify(counted) !== JSON.stringify(NOTHING);
    expect(hasBundleChanges(store, found), 'what warns and what counts agree').toBe(isAny);
    return changes;
  };
  const unpublished = (key = id) => {
    const found = store.key(key);
    return found && keyViewer(store, NOW)(found).unpublished;
  };
  return { ...installation, id, neighbour, elsewhere, issue, changes, unpublished };
}

type Deed = (ports: Ports, actor: Actor, key: string) => unknown;
const edit =
  (change: object): Deed =>
  (ports, actor, key) =>
    editKey(ports, actor, { key, ...change });
const act =
  (work: (ports: Ports, actor: Actor, request: { readonly key: string }) => unknown): Deed =>
  (ports, actor, key) =>
    work(ports, actor, { key });

const NOTICED: readonly (readonly [string, Deed, 'changed' | 'disabled' | 'refused'])[] = [
  ['its permissions', edit({ permissions: ['sessions:create'] }), 'changed'],
  ['its addresses', edit({ allowedIps: '10.0.0.1' }), 'changed'],
  ['its expiry', edit({ expires: '7d' }), 'changed'],
  ['its name', (ports, actor, key) => renameKey(ports, actor, { key, name: 'other' }), 'changed'],
  ['its secret', act(rotateKey), 'changed'],
  ['the end of its grace period', act(endGrace), 'changed'],
  ['that it is disabled', act(disableKey), 'disabled'],
  ['that it is revoked', act(revokeKey), 'refused'],
  ['that it is removed', act(removeKey), 'refused'],
];

describe('what the newest bundle lacks', () => {
  it.each(NOTICED)('of a key is %s', async (_what, deed, outcome) => {
    const { ports, actor, id, neighbour, changes, unpublished, ...installation } = await withBundles();
    deed(ports, actor, id);
    expect(changes()).toMatchObject({ ...NOTHING, [outcome]: 1, latest: { sequence: 1 } });
    expect(changes('team-api')).toMatchObject(NOTHING);
    expect([unpublished(), unpublished(neighbour.id)]).toEqual([
      installation.store.key(id) ? true : undefined,
      false,
    ]);
    await exportedBundle({ ...installation, ports, actor }, SERVICE);
    expect(changes()).toMatchObject({ ...NOTHING, latest: { sequence: 2 } });
    expect(unpublished() ?? false).toBe(false);
  });

  it.each<readonly [string, Deed]>([
    ['description', edit({ description: 'x' })],
    ['owner', edit({ owner: 'Ann' })],
    // A private key's: a public one's is kept, and counts as saved.
    ['mark as saved', (ports, actor) => markSaved(ports, actor, { key: 'team-api/elsewhere' })],
    ['copied token', act(copyToken)],
  ])('of a key is not its %s', async (_what, deed) => {
    const { ports, actor, store, id, elsewhere, changes, unpublished } = await withBundles();
    const { seq } = store.head();
    deed(ports, actor, id);
    expect(store.head().seq, 'something was done').toBe(seq + 1);
    for (const service of [SERVICE, 'team-api']) expect(changes(service)).toMatchObject(NOTHING);
    expect([unpublished(), unpublished(elsewhere.id)]).toEqual([false, false]);
  });

  it('is a new key, whatever else was done to it, unless services are to turn it away', async () => {
    const { ports, actor, issue, changes } = await withBundles();
    const [, edited, off, gone] = ['new', 'edited', 'off', 'gone'].map(issue);
    edit({ expires: '7d' })(ports, actor, edited?.id ?? '');
    disableKey(ports, actor, { key: off?.id ?? '' });
    removeKey(ports, actor, { key: gone?.id ?? '' });
    expect(changes()).toMatchObject({ ...NOTHING, added: 2, disabled: 1, refused: 1 });
  });

  it('is what became of a key, not what was done to it last', async () => {
    const { ports, actor, id, neighbour, changes } = await withBundles();
    disableKey(ports, actor, { key: id });
    renameKey(ports, actor, { key: id, name: 'disabled and renamed' });
    disableKey(ports, actor, { key: neighbour.id });
    enableKey(ports, actor, { key: neighbour.id });
    expect(changes()).toMatchObject({ ...NOTHING, disabled: 1, changed: 1 });
    revokeKey(ports, actor, { key: id });
    removeKey(ports, actor, { key: id });
    expect(changes()).toMatchObject({ ...NOTHING, refused: 1, changed: 1 });
  });

  it('is a token that was signed anew, other roles, and signing keys, for every service', async () => {
    const { ports, actor, store, id, changes } = await withBundles('role-tokens');
    expect(changes()).toMatchObject(NOTHING);
    reissueKey(ports, actor, { key: id });
    expect(changes()).toMatchObject({ ...NOTHING, changed: 1 });
    editKey(ports, actor, { key: id, roles: [{ role: 'global-admin', accounts: null }] });
    expect(changes()).toMatchObject({ ...NOTHING, changed: 1 });
    await rotateSigningKey(ports, actor, { purpose: 'token' });
    expect(changes()).toMatchObject({ ...NOTHING, changed: 1, signingKeys: 2 });
    expect(changes('team-api')).toMatchObject({ ...NOTHING, signingKeys: 2 });
    await compromiseSigningKey(ports, actor, { kid: store.activeSigningKey('trust')?.kid ?? '' });
    expect(changes('team-api')).toMatchObject({ ...NOTHING, signingKeys: 4 });
  });

  it('is another audience, and no other change of a service', async () => {
    const { ports, actor, changes } = await withBundles();
    editService(ports, actor, { service: SERVICE, description: 'x', policy: { rotation: 'P30D' } });
    expect(changes()).toMatchObject(NOTHING);
    editService(ports, actor, { service: SERVICE, audience: 'https://api.example.org' });
    expect(changes()).toMatchObject({ ...NOTHING, audience: true });
  });

  it('is everything before the first bundle, and no key says so then', async () => {
    const { ports, actor, store } = await testInstallation();
    const service = store.service('team-api');
    if (!service) throw new Error('there is no service');
    expect(bundleChanges(store, service)).toEqual({ ...NOTHING, latest: null });
    expect(hasBundleChanges(store, service)).toBe(false);
    const { key } = createKey(ports, actor, { service: 'team-api', name: 'ci' });
    expect(bundleChanges(store, service)).toEqual({ ...NOTHING, latest: null, added: 1 });
    expect(hasBundleChanges(store, service)).toBe(true);
    expect(keyViewer(store, NOW)(key).unpublished).toBe(false);
  });

  it('is not hidden by a record that was edited by hand', async () => {
    const { id, changes, ...installation } = await withBundles();
    revokeKey(installation.ports, installation.actor, { key: id });
    run(installation, 'UPDATE bundle SET head_seq = 1000000');
    expect(changes().refused).toBe(1);
  });
});
