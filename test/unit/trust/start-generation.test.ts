import { describe, expect, it, onTestFinished } from 'vitest';
import type { Keychain } from '../../../main/trust/keychain.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import type { InstallationPorts } from '../../../main/trust/session.ts';
import { switchLockOff, switchLockOn } from '../../../main/trust/switch-lock.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import type { MemoryKeychain } from '../../fixtures/memory-keychain.ts';
import { addedOperator } from '../../fixtures/operators.ts';

const OWN = 'granite lantern orchid seventeen';

class MachineWentDown extends Error {}

/** A keychain, and steps of a write, the nth of which never comes back. */
function dyingAt(nth: number, { keychain, ...ports }: InstallationPorts): InstallationPorts {
  let left = nth;
  const live = () => {
    if (left === 0) throw new MachineWentDown();
    left -= 1;
  };
  const dying = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
    return async (...args: A) => {
      live();
      return call(...args);
    };
  };
  const broken: Keychain = {
    find: dying(keychain.find),
    read: dying(keychain.read),
    write: dying(keychain.write),
    remove: dying(keychain.remove),
  };
  return { ...ports, keychain: broken, onStep: live };
}

async function opened({ installationPorts }: TestInstallation, change: Partial<InstallationPorts> = {}) {
  const session = await openInstallation({ ...installationPorts, passphrase: async () => OWN, ...change });
  onTestFinished(() => void session.store.close());
  return session;
}

/** Lets a change die at each of its calls in turn, until one goes through; the installation opens after each. */
async function dieEverywhere(lockEnabled: boolean): Promise<number> {
  for (let nth = 0; ; nth++) {
    const installation = await testInstallation();
    if (!lockEnabled) await switchLockOn(installation, installation.installationPorts, OWN);
    const before = await opened(installation);
    const dying = dyingAt(nth, { ...installation.installationPorts, passphrase: async () => OWN });
    const session = await openInstallation({
      ...dying,
      keychain: installation.installationPorts.keychain,
    }).catch(() => undefined);
    onTestFinished(() => void session?.store.close());
    if (!session) continue;
    const change = lockEnabled ? switchLockOn : switchLockOff;
    const died = await change(session, dying, OWN).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (died !== undefined && !(died instanceof MachineWentDown)) throw died;
    const after = await opened(installation);
    expect((await verifyAudit(after)).findings).toEqual([]);
    const { generation } = before.store.installation();
    expect(after.store.installation().generation).toBe(generation);
    if (died === undefined) {
      expect(after.store.installation().lockEnabled).toBe(lockEnabled);
      return nth;
    }
  }
}

describe('a new wrapping generation', () => {
  it.each([true, false])(
    'leaves an installation that opens wherever it is cut short (lock on: %s)',
    async on => {
      expect(await dieEverywhere(on)).toBeGreaterThan(4);
    },
  );

  it('takes away with the next opening what it could not take away at once', async () => {
    const installation = await testInstallation();
    const { keychain } = installation.installationPorts;
    const { id } = installation.store.installation();
    const locked: Keychain = {
      ...keychain,
      remove: async () => {
        throw new MachineWentDown();
      },
    };
    const ports = { ...installation.installationPorts, keychain: locked };
    await expect(switchLockOn(installation, ports, OWN)).rejects.toThrow(MachineWentDown);
    expect(await keychain.find(id), 'the old master key').not.toBeNull();
    await opened(installation);
    expect(await keychain.find(id)).toBeNull();
  });

  it('is not begun over operators or an installation that somebody edited', async () => {
    const installation = await testInstallation();
    installation.store.connection.db.exec('UPDATE operator SET created_at = created_at + 1');
    await expect(switchLockOn(installation, installation.installationPorts, OWN)).rejects.toMatchObject({
      code: 'TAMPERED',
    });
  });

  it('is not begun when operators changed while it was prepared', async () => {
    const installation = await testInstallation();
    let asked = 0;
    const slow: Keychain = {
      ...installation.installationPorts.keychain,
      async write(account, secret) {
        asked += 1;
        if (asked === 1) addedOperator(installation, 'Ann', 'viewer');
        return installation.installationPorts.keychain.write(account, secret);
      },
    };
    const ports = { ...installation.installationPorts, keychain: slow };
    await expect(switchLockOn(installation, ports, OWN)).rejects.toMatchObject({ code: 'OPERATOR_CHANGED' });
    const { id } = installation.store.installation();
    const { entries } = installation.installationPorts.keychain as MemoryKeychain;
    expect([...entries.keys()].filter(account => account.includes('generation'))).toEqual([]);
    expect(await slow.find(id)).not.toBeNull();
  });
});

describe('an operator who was edited by hand', () => {
  it('changes nothing any more', async () => {
    const installation = await testInstallation();
    addedOperator(installation, 'Ann', 'viewer');
    installation.store.connection.db.exec("UPDATE operator SET role = 'owner' WHERE name = 'Ann'");
    const ann = { name: 'Ann', role: 'owner' } as const;
    refusal('TAMPERED', () =>
      installation.store.change(
        ann,
        () => installation.clock.now,
        () => undefined,
      ),
    );
  });
});
