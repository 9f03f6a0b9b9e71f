import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { restoreBackup } from '../../../main/exchange/restore-backup.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { addOperator } from '../../../main/trust/add-operator.ts';
import { removeOperator } from '../../../main/trust/edit-operator.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import type { InstallationPorts, Session } from '../../../main/trust/session.ts';
import { keychainAccount } from '../../../main/trust/vault.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { type TestInstallation, testInstallation, WORKER } from '../../fixtures/installation.ts';
import type { MemoryKeychain } from '../../fixtures/memory-keychain.ts';
import { BACKUP_PASSPHRASE, backedUp, otherMachine } from '../../fixtures/restored.ts';

const OWN = 'granite lantern orchid seventeen';
const OTHERS = 'velvet harbour cinnamon forty';

/** An owner, and Ann, who is an admin. */
async function withTwo(installation: TestInstallation): Promise<Session> {
  await rotateSigningKey(installation.ports, installation.actor, { purpose: 'token' });
  const request = { name: 'Ann', role: 'admin', passphrase: OTHERS, ownPassphrase: OWN } as const;
  return addOperator(installation, installation.installationPorts, request);
}

async function opens(ports: InstallationPorts, operator: string, passphrase: string): Promise<Session> {
  const session = await openInstallation({ ...ports, operator, passphrase: async () => passphrase });
  onTestFinished(() => void session.store.close());
  expect((await verifyAudit(session)).findings).toEqual([]);
  return session;
}

const restore = (ports: InstallationPorts, file: string) =>
  restoreBackup(ports, WORKER, {
    file,
    bundles: [],
    passphrase: async () => BACKUP_PASSPHRASE,
    otherVault: 'keychain',
    mayReplace: async () => true,
  });

test('on another machine every operator opens a restored installation with the passphrase of then', async () => {
  const installation = await testInstallation();
  const session = await withTwo(installation);
  const file = await backedUp(session);
  const ports = otherMachine(installation.installationPorts);
  await restore(ports, file);

  await expect(opens(ports, 'Ann', 'another')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  const ann = await opens(ports, 'Ann', OTHERS);
  const [key] = ann.store.signingKeys();
  if (!key) throw new Error('no signing key');
  expect(ann.ports.signing.sign(key, Buffer.from('text'))).toHaveLength(64);
  createKey(ann.ports, ann.actor, { service: 'team-api', name: 'after' });
  expect(ann.secrets.signing).not.toEqual(session.secrets.signing);
  const owner = await opens(ports, installation.actor.name, OWN);
  expect(owner.secrets.owner).not.toBeNull();
});

test('an operator who was removed after the backup opens neither what was restored nor what was kept aside', async () => {
  const installation = await testInstallation();
  const before = await withTwo(installation);
  const file = await backedUp(before);
  const { installationPorts: ports } = installation;
  const first = keychainAccount(before.store.installation());
  const after = await removeOperator(before, ports, { name: 'Ann' });
  const old = after.store.installation();
  await after.close();
  await restore(ports, file);

  await expect(opens(ports, 'Ann', OTHERS)).rejects.toMatchObject({ code: 'OPERATOR_NOT_FOUND' });
  const owner = await opens(ports, installation.actor.name, OWN);
  expect(owner.store.installation().generation).toBeGreaterThan(old.generation);
  const { entries } = ports.keychain as MemoryKeychain;
  expect(entries.has(keychainAccount(old)), 'what opens the data aside').toBe(true);
  expect(entries.has(first), 'what Ann had').toBe(false);
});

test('without a keychain no vault file comes with an installation whose lock is on', async () => {
  const installation = await testInstallation({ vault: 'passphrase' });
  const file = await backedUp(await withTwo(installation));
  const ports = otherMachine(installation.installationPorts);
  await restoreBackup(ports, WORKER, {
    file,
    bundles: [],
    passphrase: async () => BACKUP_PASSPHRASE,
    vault: 'passphrase',
    otherVault: 'passphrase',
    mayReplace: async () => true,
  });
  expect(existsSync(join(ports.folder, 'vault.age'))).toBe(false);
  await opens(ports, 'Ann', OTHERS);
});
