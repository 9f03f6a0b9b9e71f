import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { savedHead } from '../../../main/trust/saved-head.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { backedUp, restoredOver } from '../../fixtures/restored.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** An installation that was restored, with the database as it was before and right after. */
async function afterRestore() {
  const installation = await testInstallation();
  const file = await backedUp(installation);
  createKey(installation.ports, installation.actor, { service: 'team-api', name: 'newer' });
  const oldHead = installation.store.head();
  const { session, aside, id } = await restoredOver(installation, file);
  await session.close();
  const path = join(installation.folder, 'keysmith.db');
  const restored = join(temporaryFolder(), 'restored.db');
  copyFileSync(path, restored);
  const { folder, keychain } = installation.installationPorts;
  const heads = savedHead('keychain', folder, keychain, id);
  return { installation, path, restored, old: join(aside ?? '', 'keysmith.db'), oldHead, heads };
}

async function isShortened({ installationPorts }: TestInstallation): Promise<boolean> {
  const session = await openInstallation(installationPorts);
  await session.close();
  return session.logShortened;
}

test('a restore that died before it could save its head is brought to its end by the next start', async () => {
  const { installation, heads, oldHead } = await afterRestore();
  const head = await heads.load();
  await heads.save(oldHead);
  expect(await isShortened(installation)).toBe(false);
  expect(await heads.load()).toEqual(head);
});

test('the database of before a restore, put back, is noticed', async () => {
  const { installation, path, old } = await afterRestore();
  renameSync(old, path);
  expect(await isShortened(installation)).toBe(true);
});

test('a restored database that is put back later is noticed, although it once replaced another', async () => {
  const { installation, path, restored } = await afterRestore();
  const session = await openInstallation(installation.installationPorts);
  createKey(session.ports, session.actor, { service: 'team-api', name: 'later' });
  await session.close();
  copyFileSync(restored, path);
  expect(await isShortened(installation)).toBe(true);
});

test('an entry of a restore that was written by hand replaces nothing', async () => {
  const { installation, heads, oldHead } = await afterRestore();
  const session = await openInstallation(installation.installationPorts);
  const other = { seq: oldHead.seq + 1, mac: Buffer.alloc(32, 9) };
  session.store.connection.db
    .prepare(
      "UPDATE audit SET after = json_set(after, '$.replaces_head', ?) WHERE action = 'installation.restore'",
    )
    .run(`${other.seq} ${other.mac.toString('hex')}`);
  session.store.close();
  await heads.save(other);
  expect(await isShortened(installation)).toBe(true);
});
