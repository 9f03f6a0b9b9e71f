import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../main/keys/errors.ts';
import { moveVault } from '../../../main/trust/move-vault.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { keychainAccount } from '../../../main/trust/vault.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import {
  add,
  backedUp,
  expectHolds,
  otherMachine,
  restored,
  restoredOver,
  verdictOn,
} from '../../fixtures/restored.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

async function expectRefused(work: () => Promise<unknown>, code: ErrorCode, message?: RegExp): Promise<void> {
  await expect(work()).rejects.toMatchObject({
    name: 'KeysmithError',
    code,
    ...(message && { message: expect.stringMatching(message) }),
  });
}

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
