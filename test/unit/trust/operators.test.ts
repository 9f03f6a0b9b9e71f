import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import type { OperatorRole } from '../../../main/keys/operator.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { addOperator } from '../../../main/trust/add-operator.ts';
import { changeOwnPassphrase } from '../../../main/trust/change-own-passphrase.ts';
import { editOperator, removeOperator } from '../../../main/trust/edit-operator.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import type { Session } from '../../../main/trust/session.ts';
import { switchLockOff, switchLockOn } from '../../../main/trust/switch-lock.ts';
import { keychainAccount } from '../../../main/trust/vault.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

const OWN = 'granite lantern orchid seventeen';
const OTHERS = 'velvet harbour cinnamon forty';

const ports = ({ installationPorts }: TestInstallation, operator?: string, passphrase = OWN) => ({
  ...installationPorts,
  operator,
  passphrase: async () => passphrase,
});

/** Opens the installation as another process would. */
async function opened(installation: TestInstallation, operator?: string, passphrase?: string) {
  const session = await openInstallation(ports(installation, operator, passphrase));
  onTestFinished(() => void session.store.close());
  return session;
}

const sound = async (session: Session) => expect((await verifyAudit(session)).findings).toEqual([]);

async function withOperator(role: OperatorRole) {
  const installation = await testInstallation();
  const { installationPorts, actor } = installation;
  createService(installation.ports, actor, { service: 'sc', template: 'role-tokens' });
  await rotateSigningKey(installation.ports, actor, { purpose: 'token' });
  const session = await addOperator(installation, installationPorts, {
    name: 'Ann',
    role,
    passphrase: OTHERS,
    ownPassphrase: OWN,
  });
  return { installation, session, owner: actor.name };
}

describe('switching the lock on', () => {
  it('lets the passphrase alone open the installation, and keeps everything in it', async () => {
    const installation = await testInstallation();
    await rotateSigningKey(installation.ports, installation.actor, { purpose: 'token' });
    const before = installation.store.signingKeys()[0];
    const session = await switchLockOn(installation, installation.installationPorts, OWN);
    const [after] = session.store.signingKeys();
    expect(after?.privateEncrypted).not.toEqual(before?.privateEncrypted);
    expect(session.store.installation()).toMatchObject({ lockEnabled: true, generation: 1 });
    await sound(session);

    await expect(opened(installation, undefined, 'a wrong one')).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
    const again = await opened(installation);
    expect(again.actor).toEqual({ name: installation.actor.name, role: 'owner' });
    if (!after) throw new Error('no signing key');
    const text = Buffer.from('text');
    expect(again.ports.signing.verify(after, text, again.ports.signing.sign(after, text))).toBe(true);
    createKey(again.ports, again.actor, { service: 'team-api', name: 'ci' });
    await sound(again);
  });

  it('takes the old entry out of the keychain, and an old copy opens nothing', async () => {
    const installation = await testInstallation();
    const { keychain } = installation.installationPorts;
    const { id } = installation.store.installation();
    expect(await keychain.find(id)).not.toBeNull();
    const on = await switchLockOn(installation, installation.installationPorts, OWN);
    expect(await keychain.find(id)).toBeNull();
    expect(await keychain.find(keychainAccount(on.store.installation()))).not.toBeNull();
  });

  it('is refused for a passphrase that is easy to guess, and changes nothing', async () => {
    const installation = await testInstallation();
    const head = installation.store.head();
    for (const weak of ['password1234', 'aaaaaaaaaaaaaaaa', installation.actor.name, 'keysmith2026']) {
      const refused = switchLockOn(installation, installation.installationPorts, weak);
      await expect(refused).rejects.toMatchObject({ code: 'PASSPHRASE_WEAK', field: 'new-passphrase' });
    }
    expect(installation.store.head()).toEqual(head);
    await opened(installation);
  });

  it('is undone where there is one operator', async () => {
    const installation = await testInstallation();
    const on = await switchLockOn(installation, installation.installationPorts, OWN);
    await expect(switchLockOff(on, ports(installation), 'wrong')).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
    const off = await switchLockOff(on, ports(installation), OWN);
    expect(off.store.installation()).toMatchObject({ lockEnabled: false, generation: 2 });
    await sound(off);
    const again = await opened(installation, undefined, 'nobody asks');
    createKey(again.ports, again.actor, { service: 'team-api', name: 'ci' });
    await sound(again);
    const accounts = [
      ...(
        installation.installationPorts.keychain as unknown as { entries: Map<string, string> }
      ).entries.keys(),
    ];
    expect(accounts.filter(account => !account.endsWith('audit-head'))).toEqual([
      keychainAccount(again.store.installation()),
    ]);
  });

  it('ends what another process had open', async () => {
    const installation = await testInstallation();
    const other = await opened(installation);
    await switchLockOn(installation, installation.installationPorts, OWN);
    refusal('LOCKED', () => createKey(other.ports, other.actor, { service: 'team-api', name: 'ci' }));
  });
});

describe('a second operator', () => {
  it('needs passphrases for both', async () => {
    const installation = await testInstallation();
    const request = { name: 'Ann', role: 'admin', passphrase: OTHERS } as const;
    await expect(addOperator(installation, installation.installationPorts, request)).rejects.toMatchObject({
      code: 'PASSPHRASE_REQUIRED',
      field: 'own-passphrase',
    });
    expect(installation.store.operators()).toHaveLength(1);
  });

  it.each([
    ['owner', true, true, true],
    ['admin', true, true, false],
    ['manager', true, true, false],
    ['viewer', false, false, false],
  ] as const)('who is %s is given their share of the secrets', async (role, signing, tokens, owner) => {
    const { installation } = await withOperator(role);
    const session = await opened(installation, 'Ann', OTHERS);
    const { secrets } = session;
    expect([secrets.signing !== null, secrets.tokens !== null, secrets.owner !== null]).toEqual([
      signing,
      tokens,
      owner,
    ]);
    expect(session.actor).toEqual({ name: 'Ann', role });
    const [key] = session.store.signingKeys();
    if (!key) throw new Error('no signing key');
    if (signing) expect(session.ports.signing.sign(key, Buffer.from('text'))).toHaveLength(64);
    else refusal('NOT_ALLOWED', () => session.ports.signing.sign(key, Buffer.from('text')));
    await sound(session);
  });

  it('says who they are', async () => {
    const { installation, owner } = await withOperator('manager');
    await expect(opened(installation)).rejects.toMatchObject({ code: 'OPERATOR_REQUIRED' });
    await expect(opened(installation, 'Bob')).rejects.toMatchObject({ code: 'OPERATOR_NOT_FOUND' });
    await expect(opened(installation, 'Ann', OWN)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect((await opened(installation, owner)).actor.role).toBe('owner');
  });

  it('has a name that nobody has or had', async () => {
    const { installation, session } = await withOperator('manager');
    const add = (name: string) =>
      addOperator(session, ports(installation), { name, role: 'viewer', passphrase: OTHERS });
    await expect(add('ANN')).rejects.toMatchObject({ code: 'OPERATOR_EXISTS', field: 'name' });
    const next = await removeOperator(session, ports(installation), { name: 'Ann' });
    const request = { name: 'ann', role: 'viewer', passphrase: OTHERS } as const;
    await expect(addOperator(next, ports(installation), request)).rejects.toMatchObject({
      code: 'OPERATOR_EXISTS',
    });
  });

  it('is added by an owner alone', async () => {
    const { installation } = await withOperator('admin');
    const ann = await opened(installation, 'Ann', OTHERS);
    const request = { name: 'Bea', role: 'owner', passphrase: OTHERS } as const;
    await expect(addOperator(ann, ports(installation), request)).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});

describe('an operator who is removed', () => {
  it('opens nothing any more, and neither does an old copy with the keychain of today', async () => {
    const { installation, session, owner } = await withOperator('admin');
    const old = session.store.operators().find(({ name }) => name === 'Ann');
    const entry = keychainAccount(session.store.installation());
    const next = await removeOperator(session, ports(installation), { name: 'Ann' });
    await sound(next);
    expect(next.store.operators().find(({ name }) => name === 'Ann')).toMatchObject({
      removed: true,
      wrappedKey: null,
      wrapping: null,
    });
    await expect(opened(installation, 'Ann', OTHERS)).rejects.toMatchObject({ code: 'OPERATOR_NOT_FOUND' });
    const { keychain } = installation.installationPorts;
    expect(await keychain.find(entry), 'what the old row needs').toBeNull();
    expect(old?.wrappedKey).toBeInstanceOf(Buffer);
    // The others go on with the passphrases they have.
    expect((await opened(installation, owner)).actor.name).toBe(owner);
  });

  it('may not be the last owner, nor may the last owner become anything else', async () => {
    const { installation, session, owner } = await withOperator('admin');
    const last = { code: 'OPERATOR_LAST_OWNER' };
    await expect(removeOperator(session, ports(installation), { name: owner })).rejects.toMatchObject(last);
    const demote = editOperator(session, ports(installation), { name: owner, role: 'admin' });
    await expect(demote).rejects.toMatchObject(last);
    const two = await editOperator(session, ports(installation), { name: 'Ann', role: 'owner' });
    const alone = await removeOperator(two, ports(installation), { name: owner });
    await sound(alone);
    expect((await opened(installation, 'Ann', OTHERS)).actor.role).toBe('owner');
  });
});

describe('another role', () => {
  it('holds at once for a session that is open, which opens anew', async () => {
    const { installation, session } = await withOperator('admin');
    const ann = await opened(installation, 'Ann', OTHERS);
    await editOperator(session, ports(installation), { name: 'Ann', role: 'viewer' });
    expect(ann.actor.role).toBe('viewer');
    refusal('LOCKED', () => createKey(ann.ports, ann.actor, { service: 'team-api', name: 'ci' }));
    const again = await opened(installation, 'Ann', OTHERS);
    expect(again.secrets.signing).toBeNull();
  });
});

describe('wrong passphrases', () => {
  it('are slowed down across restarts, and written into the log by the next right one', async () => {
    const { installation, owner } = await withOperator('manager');
    const { clock } = installation;
    const attempt = (passphrase: string) => opened(installation, 'Ann', passphrase);
    for (let nth = 0; nth < 3; nth++)
      await expect(attempt('wrong')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    await expect(attempt(OTHERS), 'even the right one').rejects.toMatchObject({ code: 'UNLOCK_TOO_SOON' });
    clock.now += 2;
    await expect(attempt('wrong')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    clock.now += 2;
    await expect(attempt(OTHERS)).rejects.toMatchObject({ code: 'UNLOCK_TOO_SOON' });
    // Another operator is not slowed down by them, and a clock that goes back makes nobody wait for ever.
    await opened(installation, owner);
    clock.now -= 10_000;
    await expect(attempt(OTHERS)).rejects.toMatchObject({ code: 'UNLOCK_TOO_SOON' });
    clock.now += 10_004;
    const ann = await attempt(OTHERS);
    expect(ann.store.audit({ limit: 1 })).toMatchObject([
      { actor: 'Ann', action: 'operator.failed-unlock', after: { failures: 4 } },
    ]);
    await sound(ann);
    await attempt(OTHERS);
    expect(ann.store.audit({ limit: 1, action: 'operator.failed-unlock' })).toHaveLength(1);
  });
});

describe('a passphrase of one’s own', () => {
  it.each(['owner', 'viewer'] as const)('is changed by a %s, and an owner need not know it', async role => {
    const { installation, owner } = await withOperator(role);
    const ann = await opened(installation, 'Ann', OTHERS);
    const chosen = 'walnut telegraph pelican nineteen';
    const change = (passphrase: string) =>
      changeOwnPassphrase(ann, ports(installation), { passphrase, newPassphrase: chosen });
    await expect(change('wrong')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    await change(OTHERS);
    expect(ann.store.audit({ limit: 1, action: 'operator.failed-unlock' })).toMatchObject([
      { actor: 'Ann', after: { failures: 1 } },
    ]);
    await expect(opened(installation, 'Ann', OTHERS)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    const boss = await opened(installation, owner);
    await editOperator(boss, ports(installation), { name: 'Ann', role: 'manager' });
    await sound(await opened(installation, 'Ann', chosen));
  });
});

describe('an installation without a keychain', () => {
  it('keeps no vault file while the lock is on', async () => {
    const installation = await testInstallation({ vault: 'passphrase' });
    const file = join(installation.folder, 'vault.age');
    expect(existsSync(file)).toBe(true);
    const on = await switchLockOn(installation, installation.installationPorts, OWN);
    expect(existsSync(file)).toBe(false);
    await sound(await opened(installation));
    await switchLockOff(on, ports(installation), OWN);
    expect(existsSync(file)).toBe(true);
    await sound(await opened(installation));
  });
});
