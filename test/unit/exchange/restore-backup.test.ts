import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { endGrace } from '../../../main/keys/end-grace.ts';
import type { ErrorCode } from '../../../main/keys/errors.ts';
import { findKey } from '../../../main/keys/find-key.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { moveVault } from '../../../main/trust/move-vault.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import type { Session } from '../../../main/trust/session.ts';
import { keychainAccount } from '../../../main/trust/vault.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { addedOperator } from '../../fixtures/operators.ts';
import { backedUp, otherMachine, restored, restoredOver } from '../../fixtures/restored.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const DAY = 86_400;
const SERVICE = 'team-api';

async function expectRefused(work: () => Promise<unknown>, code: ErrorCode, message?: RegExp): Promise<void> {
  await expect(work()).rejects.toMatchObject({
    name: 'KeysmithError',
    code,
    ...(message && { message: expect.stringMatching(message) }),
  });
}

const add = ({ ports, actor }: Session, name: string, request = {}) =>
  createKey(ports, actor, { service: SERVICE, name, ...request });

const keyOf = ({ store }: Session, name: string) => {
  const service = store.service(SERVICE);
  return service && store.keyByName(service.ref, name);
};

const verdictOn = ({ ports }: Session, token: string) => findKey(ports, token)[0]?.credential?.state;

async function expectHolds(session: Session): Promise<void> {
  expect((await verifyAudit(session)).findings).toEqual([]);
  expect(session.logShortened).toBe(false);
}

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

test('a database that cannot be read is kept aside as it is, and is said to tell nothing', async () => {
  const installation = await testInstallation();
  add(installation, 'kept');
  const file = await backedUp(installation);
  await installation.close();
  const path = join(installation.folder, 'keysmith.db');
  const ruins = Buffer.alloc(5000, 'ruins');
  writeFileSync(path, ruins);
  const done = await restored(installation.installationPorts, file);
  expect(done).toMatchObject({ replaced: 'unreadable', applied: { goOn: [{ jumped: true }] } });
  expect(done.later.remarks).toEqual([expect.stringContaining('nothing could be learned')]);
  expect(readFileSync(join(done.aside ?? '', 'keysmith.db')).equals(ruins)).toBe(true);
  await expectHolds(done.session);
});

test('another installation is kept aside whole, with what opens it', async () => {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  const other = await testInstallation();
  const { token } = add(other, 'theirs');
  const done = await restoredOver(other, file);
  expect(done).toMatchObject({ replaced: 'other', id: installation.store.installation().id });
  await expectHolds(done.session);

  const aside = await openInstallation({ ...other.installationPorts, folder: done.aside ?? '' });
  expect(verdictOn(aside, token)).toBe('current');
  await expectHolds(aside);
  await aside.close();
});

test('a backup opens on another machine, behind the keychain there or a passphrase', async () => {
  const installation = await testInstallation();
  const { token } = add(installation, 'kept');
  const file = await backedUp(installation);
  for (const otherVault of ['keychain', 'passphrase'] as const) {
    const ports = otherMachine(installation.installationPorts);
    const done = await restored(ports, file, { otherVault });
    expect(done).toMatchObject({ vault: otherVault, replaced: 'none', aside: null });
    expect(verdictOn(done.session, token)).toBe('current');
    await expectHolds(done.session);
    add(done.session, 'more');
    await done.session.close();
    const again = await openInstallation(ports);
    await expectHolds(again);
    await moveVault(again, ports, otherVault === 'keychain' ? 'passphrase' : 'keychain', ports.passphrase);
    await again.close();
    const moved = await openInstallation(ports);
    await expectHolds(moved);
    await moved.close();
  }
});

test('a vault moves along with a restore, and the replaced one still opens what is aside', async () => {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  const done = await restoredOver(installation, file, { vault: 'passphrase' });
  expect(done.session.store.installation()).toMatchObject({ vault: 'passphrase', tampered: false });
  await expectHolds(done.session);
  await done.session.close();

  const back = await restored(installation.installationPorts, file, { vault: 'keychain' });
  expect(back.session.store.installation()).toMatchObject({ vault: 'keychain' });
  expect(readdirSync(installation.folder)).not.toContain('vault.age');
  expect(readdirSync(back.aside ?? '').sort()).toEqual(['keysmith.db', 'vault.age', 'vault.head']);
  await expectHolds(back.session);
});

test('what the keychain holds is left alone, and the restored data opens by an entry of its own', async () => {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  const { id } = installation.store.installation();
  const { keychain } = installation.installationPorts;
  await installation.close();
  const foreign = Buffer.alloc(32, 7).toString('base64url');
  await keychain.write(id, foreign);
  const { session } = await restored(installation.installationPorts, file);
  await expectHolds(session);
  expect(await keychain.read(id)).toBe(foreign);
  expect(await keychain.find(keychainAccount(session.store.installation()))).not.toBeNull();
});

test('an open installation is not replaced', async () => {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  const { seq } = installation.store.head();
  await expectRefused(() => restored(installation.installationPorts, file), 'STORE_BUSY', /is open on/);
  expect(installation.store.head().seq).toBe(seq);
  add(installation, 'goes-on');
  expect(readdirSync(installation.folder).filter(name => /^re/.test(name))).toEqual([]);
});

test('an admin who does not want it replaced changes nothing', async () => {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  const { seq } = installation.store.head();
  await installation.close();
  const { installationPorts: ports } = installation;
  await expectRefused(() => restored(ports, file, { mayReplace: async () => false }), 'CANCELLED');
  const session = await openInstallation(ports);
  await expectHolds(session);
  expect(session.store.head().seq).toBe(seq);
  await session.close();
});

test('a file that is no backup, does not hold, or is newer, is refused and changes nothing', async () => {
  const installation = await testInstallation();
  add(installation, 'kept');
  const ports = otherMachine(installation.installationPorts);
  const text = join(temporaryFolder(), 'text.age');
  writeFileSync(text, 'no age file');
  await expectRefused(() => restored(ports, text), 'FILE_INVALID');
  const good = await backedUp(installation);
  await expectRefused(
    () => restored(ports, good, { passphrase: async () => 'another one than that' }),
    'BACKUP_PASSPHRASE_WRONG',
  );
  const { db } = installation.store.connection;
  db.prepare("UPDATE key SET name = 'by hand'").run();
  const tampered = await backedUp(installation);
  await expectRefused(() => restored(ports, tampered), 'TAMPERED', /The backup does not hold: The key ak_/);
  db.pragma('user_version = 99');
  const newer = await backedUp(installation);
  await expectRefused(() => restored(ports, newer), 'STORE_NEWER', /schema 99/);
  db.pragma('application_id = 1');
  const foreign = await backedUp(installation);
  await expectRefused(() => restored(ports, foreign), 'FILE_INVALID', /another program/);
  expect(readdirSync(ports.folder)).toEqual([]);
});
