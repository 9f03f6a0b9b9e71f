import { createPublicKey, verify } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import type { VaultKind } from '../../../main/keys/installation.ts';
import type { OperatorRole } from '../../../main/keys/operator.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { addOperator } from '../../../main/trust/add-operator.ts';
import { removeOperator } from '../../../main/trust/edit-operator.ts';
import type { Session } from '../../../main/trust/session.ts';
import { switchLockOn } from '../../../main/trust/switch-lock.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import type { MemoryKeychain } from '../../fixtures/memory-keychain.ts';
import { type GotFromCopy, openCopy } from '../../rig/open-locked.ts';
import { whyNoPyJwt } from '../../rig/pyjwt.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const OWN = 'granite lantern orchid seventeen';
const OTHERS = 'velvet harbour cinnamon forty';

const missing = whyNoPyJwt();

beforeEach(({ skip }) => {
  if (missing) skip(missing);
});

/** An installation with a token key, a trust key, and a public key whose token is kept. */
async function populated(vault: VaultKind = 'keychain') {
  const installation = await testInstallation({ vault });
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'support', template: 'public-private-keys' });
  const { token } = createKey(ports, actor, {
    service: 'support',
    name: 'web',
    kind: 'public',
    permissions: ['sessions:create'],
  });
  await rotateSigningKey(ports, actor, { purpose: 'token' });
  await rotateSigningKey(ports, actor, { purpose: 'trust' });
  const keychain = installation.installationPorts.keychain as MemoryKeychain;
  const copied = (passphrase: string | null, folder = installation.folder, secrets = keychain.entries) =>
    openCopy({ folder, keychain: [...secrets.values()], passphrase });
  return { installation, token, keychain, copied };
}

/** Two signatures that verify with the public keys, and the kept token. */
function expectAll({ store }: Session, got: GotFromCopy, token: string): void {
  expect(new Set(got.tokens)).toEqual(new Set([token]));
  const kids = new Set(got.signatures.map(({ kid }) => kid));
  expect(kids).toEqual(new Set(store.signingKeys().map(({ kid }) => kid)));
  for (const { kid, der } of got.signatures) {
    const jwk = store.signingKey(kid)?.publicJwk;
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    expect(verify('sha256', Buffer.from('text'), key, Buffer.from(der, 'base64'))).toBe(true);
  }
}

const NOTHING = { tokens: [], signatures: [] };

describe('somebody with every byte of the data folder and of the keychain', () => {
  test('opens everything while the lock is off, as the account of the system is the guard', async () => {
    const { installation, token, copied } = await populated();
    expectAll(installation, copied(null), token);
  });

  test.each(['keychain', 'passphrase'] as const)(
    'opens nothing with the lock on (%s) and everything with the passphrase too',
    async vault => {
      const { installation, token, copied } = await populated(vault);
      const session = await switchLockOn(installation, installation.installationPorts, OWN);
      const got = copied(null);
      expect(got).toMatchObject(NOTHING);
      expect(got.tried).toBeGreaterThan(100);
      expect(copied(OTHERS)).toMatchObject(NOTHING);
      expectAll(session, copied(OWN), token);
    },
  );

  test('who is a viewer opens nothing, even with the passphrase', async () => {
    const { installation, token, copied } = await populated();
    const add = (role: OperatorRole) => ({ name: 'Ann', role, passphrase: OTHERS, ownPassphrase: OWN });
    const session = await addOperator(installation, installation.installationPorts, add('viewer'));
    expect(copied(OTHERS)).toMatchObject(NOTHING);
    expectAll(session, copied(OWN), token);
  });

  test('who was removed opens nothing with an old copy and the keychain of today', async () => {
    const { installation, token, copied, keychain } = await populated();
    const before = await addOperator(installation, installation.installationPorts, {
      name: 'Ann',
      role: 'admin',
      passphrase: OTHERS,
      ownPassphrase: OWN,
    });
    const old = temporaryFolder();
    before.store.connection.db.pragma('wal_checkpoint(TRUNCATE)');
    cpSync(installation.folder, join(old, 'data'), { recursive: true });
    const secretsThen = new Map(keychain.entries);
    expectAll(before, copied(OTHERS, join(old, 'data'), secretsThen), token);

    const after = await removeOperator(before, installation.installationPorts, { name: 'Ann' });
    expect(copied(OTHERS)).toMatchObject(NOTHING);
    expect(copied(OTHERS, join(old, 'data'))).toMatchObject(NOTHING);
    expectAll(after, copied(OWN), token);
  });
});
