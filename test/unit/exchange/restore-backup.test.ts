import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { endGrace } from '../../../main/keys/end-grace.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { addedOperator } from '../../fixtures/operators.ts';
import { add, backedUp, expectHolds, keyOf, restoredOver, verdictOn } from '../../fixtures/restored.ts';
import { modeOf } from '../../rig/file-mode.ts';

const DAY = 86_400;

test('what a backup holds is there again, and the replaced data is kept aside', async () => {
  const installation = await testInstallation();
  const { token } = add(installation, 'kept');
  const file = await backedUp(installation);
  add(installation, 'newer');
  installation.clock.now += DAY;

  const done = await restoredOver(installation, file);
  expect(done).toMatchObject({ madeAt: NOW, replaced: 'same', vault: 'keychain', unsettled: null });
  expect(keyOf(done.session, 'kept')).toMatchObject({ status: 'active' });
  expect(verdictOn(done.session, token)).toBe('current');
  expect(keyOf(done.session, 'newer')).toBeUndefined();
  expect(done.later.plan.unknown).toHaveLength(1);
  await expectHolds(done.session);

  const aside = done.aside ?? '';
  expect(aside).toMatch(/\/replaced-\d{8}T\d{6}Z$/);
  expect(modeOf(aside)).toBe('700');
  expect(readdirSync(aside)).toEqual(['keysmith.db']);
  expect(readdirSync(installation.folder).filter(name => /^rest/.test(name))).toEqual([]);
});

test('the entry of a restore says what was restored and what it replaced', async () => {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  const { seq, mac } = installation.store.head();
  const { session, backupHead } = await restoredOver(installation, file);
  expect(session.store.audit({ action: 'installation.restore', limit: 1 })[0]).toMatchObject({
    seq: backupHead + 1,
    after: {
      made_at: NOW,
      replaces_head: `${seq} ${mac.toString('hex')}`,
      replaced: 'same',
      stricter_keys: 0,
    },
  });
});

test('a key that was revoked after the backup stays revoked', async () => {
  const installation = await testInstallation();
  const { key, token } = add(installation, 'leaked');
  const file = await backedUp(installation);
  installation.clock.now += DAY;
  revokeKey(installation.ports, installation.actor, { key: key.id, reason: 'leaked' });
  installation.clock.now += DAY;

  const { session, later } = await restoredOver(installation, file);
  expect(later.plan.keys).toMatchObject([{ name: 'leaked', end: { reason: 'revoked', at: NOW + DAY } }]);
  expect(keyOf(session, 'leaked')).toMatchObject({
    status: 'revoked',
    revokedAt: NOW + DAY,
    revokeReason: 'Was revoked on 2026-11-24T04:00:00Z, after the backup that was restored.',
  });
  expect(verdictOn(session, token)).toBe('refused');
  await expectHolds(session);
});

test('a key that was removed after the backup stays removed, also one that was revoked before', async () => {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const one = add(installation, 'one').key;
  const two = add(installation, 'two').key;
  revokeKey(ports, actor, { key: two.id });
  const file = await backedUp(installation);
  removeKey(ports, actor, { key: one.id });
  removeKey(ports, actor, { key: two.id });

  const { session } = await restoredOver(installation, file);
  expect(keyOf(session, 'one')).toBeUndefined();
  expect(session.store.tombstone(one.id)).toMatchObject({ tampered: false });
  expect(session.store.tombstone(two.id)).toMatchObject({ tampered: false });
  await expectHolds(session);
});

test('a key that was revoked and then removed after the backup is removed', async () => {
  const installation = await testInstallation();
  const { key } = add(installation, 'one');
  const file = await backedUp(installation);
  revokeKey(installation.ports, installation.actor, { key: key.id });
  removeKey(installation.ports, installation.actor, { key: key.id });
  const { session, later } = await restoredOver(installation, file);
  expect(later.plan.keys).toMatchObject([{ end: { reason: 'removed' } }]);
  expect(session.store.tombstone(key.id)).toBeDefined();
});

test('a key whose newer secret the backup does not know is revoked, and says why', async () => {
  const installation = await testInstallation();
  const { key, token } = add(installation, 'rotated');
  const file = await backedUp(installation);
  rotateKey(installation.ports, installation.actor, { key: key.id, grace: 'none' });

  const { session, later } = await restoredOver(installation, file);
  expect(later.plan.keys).toMatchObject([{ end: { reason: 'superseded' } }]);
  expect(keyOf(session, 'rotated')).toMatchObject({
    status: 'revoked',
    revokeReason: expect.stringContaining('the backup does not know it'),
  });
  expect(verdictOn(session, token)).toBe('refused');
});

test('a secret in its grace period ends when it would have ended', async () => {
  const installation = await testInstallation();
  const { key, token } = add(installation, 'rotated');
  const file = await backedUp(installation);
  rotateKey(installation.ports, installation.actor, { key: key.id, grace: '3d' });

  const { session } = await restoredOver(installation, file);
  expect(keyOf(session, 'rotated')).toMatchObject({ status: 'active', expiresAt: NOW + 3 * DAY });
  expect(verdictOn(session, token)).toBe('current');
});

test('a previous secret that was refused after the backup stays refused, and its key goes on', async () => {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const { key, token } = add(installation, 'rotated');
  const { token: newer } = rotateKey(ports, actor, { key: key.id, grace: '7d' });
  const file = await backedUp(installation);
  endGrace(ports, actor, { key: key.id });

  const { session } = await restoredOver(installation, file);
  expect(verdictOn(session, token)).toBe('refused');
  expect(verdictOn(session, newer)).toBe('current');
  expect(keyOf(session, 'rotated')).toMatchObject({ status: 'active' });
  await expectHolds(session);
});

test('what was disabled, narrowed or shortened after the backup stays so', async () => {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'wide', template: 'public-private-keys' });
  const wide = (name: string, allowedIps: string) =>
    createKey(ports, actor, {
      service: 'wide',
      name,
      allowedIps,
      permissions: ['sessions:create', 'sessions:history'],
      expires: '300d',
    }).key;
  const off = add(installation, 'off').key;
  const narrow = wide('narrow', '10.0.0.0/8');
  const apart = wide('apart', '10.0.0.0/8');
  const open = wide('open', '10.1.0.0/16');
  const file = await backedUp(installation);
  disableKey(ports, actor, { key: off.id });
  editKey(ports, actor, {
    key: narrow.id,
    permissions: ['sessions:create'],
    allowedIps: '10.1.0.0/16, 192.0.2.1',
    expires: '30d',
  });
  editKey(ports, actor, { key: apart.id, allowedIps: '192.0.2.0/24' });
  editKey(ports, actor, { key: open.id, allowedIps: '' });

  const { session, later } = await restoredOver(installation, file);
  expect(keyOf(session, 'off')).toMatchObject({ status: 'disabled' });
  expect(session.store.key(narrow.id)).toMatchObject({
    permissions: ['sessions:create'],
    allowedIps: ['10.1.0.0/16'],
    expiresAt: NOW + 30 * DAY,
    status: 'active',
  });
  expect(session.store.key(apart.id)).toMatchObject({ status: 'disabled' });
  expect(session.store.key(open.id)).toMatchObject({ allowedIps: ['10.1.0.0/16'], status: 'active' });
  expect(later.plan.keys.map(({ name }) => name).sort()).toEqual(['apart', 'narrow', 'off']);
  await expectHolds(session);
});

test('a key that became wider after the backup is what the backup says', async () => {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const { key } = add(installation, 'ci', { permissions: ['computers:read'], expires: '30d' });
  const file = await backedUp(installation);
  editKey(ports, actor, { key: key.id, permissions: ['computers:read', 'computers:write'], expires: '60d' });
  const { session, later } = await restoredOver(installation, file);
  expect(later.plan.keys).toEqual([]);
  expect(keyOf(session, 'ci')).toMatchObject({ permissions: ['computers:read'], expiresAt: NOW + 30 * DAY });
});

test('operators who were removed after the backup stay removed, and one owner is left', async () => {
  const made = await testInstallation();
  // With several operators, somebody has to say who opens it.
  const installation = { ...made, installationPorts: { ...made.installationPorts, operator: 'Ada' } };
  const { store, actor, ports } = installation;
  addedOperator(installation, 'Ada');
  addedOperator(installation, 'Bea', 'admin');
  const file = await backedUp(installation);
  const change = (name: string, after: object) =>
    store.change({ name: 'Ada', role: 'owner' }, ports.clock, tx => {
      const operator = tx.operators().find(each => each.name === name);
      if (!operator) throw new Error(`no ${name}`);
      const stamp = tx.record({
        action: 'operator.edit',
        subject: { kind: 'operator', id: name, ref: operator.ref },
        before: null,
        after: null,
      });
      tx.updateOperator({ ...operator, ...after }, stamp);
    });
  change('Bea', { role: 'viewer' });
  change(actor.name, { removed: true });

  const { session, applied } = await restoredOver(installation, file);
  const roles = session.store
    .operators()
    .map(({ name, role, removed }) => [name, removed ? 'removed' : role]);
  expect(roles).toEqual([
    [actor.name, 'removed'],
    ['Ada', 'owner'],
    ['Bea', 'viewer'],
  ]);
  expect(applied.operators.keptOwner).toBeNull();
  expect(session.actor.name).toBe('Ada');
  await expectHolds(session);
});

test('the last owner that a backup knows stays one', async () => {
  const installation = await testInstallation();
  const { store, actor, ports } = installation;
  const file = await backedUp(installation);
  const ada = addedOperator(installation, 'Ada');
  store.change(ada, ports.clock, tx => {
    const [founder] = tx.operators();
    if (!founder) throw new Error('no founder');
    const subject = { kind: 'operator', id: founder.name, ref: founder.ref } as const;
    const stamp = tx.record({ action: 'operator.remove', subject, before: null, after: null });
    tx.updateOperator({ ...founder, removed: true }, stamp);
  });
  const { session, applied } = await restoredOver(installation, file);
  expect(applied.operators.keptOwner?.name).toBe(actor.name);
  expect(session.store.operators()).toMatchObject([{ name: actor.name, removed: false, role: 'owner' }]);
});

test('a key that was edited by hand is mended, unless it was changed after the backup', async () => {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  const mended = add(installation, 'mended').key;
  const revoked = add(installation, 'revoked').key;
  const file = await backedUp(installation);
  revokeKey(ports, actor, { key: revoked.id });
  store.connection.db.prepare("UPDATE key SET status = 'active', description = 'by hand'").run();

  const { session } = await restoredOver(installation, file);
  expect(session.store.key(mended.id)).toMatchObject({ status: 'active', description: '', tampered: false });
  expect(session.store.key(revoked.id)).toMatchObject({ status: 'revoked', tampered: false });
  await expectHolds(session);
});
