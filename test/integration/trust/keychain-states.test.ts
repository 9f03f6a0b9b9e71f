import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprint } from '../../rig/fingerprint.ts';
import { readKeyCheck } from '../../rig/key-check.ts';
import {
  deleteEntry,
  initInKeychain,
  type KeychainInstallation,
  readEntry,
  runCommand,
  writeEntry,
} from '../../rig/keychain-installation.ts';
import { keyringFolder, withKeyring } from '../../rig/keyring.ts';
import { type KeyringState, whyNoKeyring } from '../../rig/keyring-session.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import type { Environment } from '../../rig/run-node.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

interface State {
  readonly name: string;
  readonly keyring: KeyringState;
  readonly break?: (env: Environment, installation: KeychainInstallation) => Promise<void>;
  readonly code: string;
  readonly says: string;
}

const STATES: readonly State[] = [
  { name: 'locked', keyring: 'locked', code: 'VAULT_LOCKED', says: 'The system keychain is locked.' },
  {
    name: 'no-service',
    keyring: 'empty bus',
    code: 'VAULT_NO_SERVICE',
    says: 'No system keychain answers here',
  },
  {
    name: 'no-service',
    keyring: 'no bus',
    code: 'VAULT_NO_SERVICE',
    says: 'No system keychain answers here',
  },
  {
    name: 'missing',
    keyring: 'unlocked',
    break: (env, { id }) => deleteEntry(env, id),
    code: 'VAULT_MISSING',
    says: 'The system keychain has no entry of this installation',
  },
  {
    name: 'wrong',
    keyring: 'unlocked',
    break: (env, { id }) => writeEntry(env, id, randomBytes(32).toString('base64url')),
    code: 'VAULT_WRONG',
    says: 'The master key in the system keychain is not the one of this database.',
  },
];

const COMMANDS: readonly (readonly string[])[] = [
  ['key', 'create', '--service', 'team-api', '--name', 'never'],
  ['key', 'list'],
  ['vault', 'move', '--to', 'passphrase'],
];

test.for(STATES)(
  'a keychain that is $name ($keyring) is said to be so, and nothing is changed',
  async (state, { skip }) => {
    const reason = whyNoKeyring();
    skip(reason !== undefined, reason);
    const home = temporaryFolder();
    const { installation, entry } = await withKeyring(home, 'unlocked', async env => {
      const made = await initInKeychain(home, env);
      await state.break?.(env, made);
      return { installation: made, entry: await readEntry(env, made.id) };
    });
    const before = { data: fingerprint(installation.folder), keyring: fingerprint(keyringFolder(home)) };
    const keyCheck = readKeyCheck(installation.folder);

    await withKeyring(home, state.keyring, async env => {
      for (const argv of COMMANDS) {
        const outcome = await runCommand(home, env, [...argv, '--json'], {
          KEYSMITH_NEW_PASSPHRASE: 'never used',
        });
        expect(outcome).toMatchObject({ code: 1, out: '' });
        expect(refusalOf(outcome)).toMatchObject({
          code: state.code,
          message: expect.stringContaining(state.says),
        });
      }
      const status = jsonOf(await runCommand(home, env, ['vault', 'status', '--json']));
      expect(status).toMatchObject({
        vault: 'keychain',
        state: state.name,
        message: expect.stringContaining(state.says),
      });
    });

    expect(fingerprint(installation.folder)).toEqual(before.data);
    // Only a keyring that answers is asked to take and give back a probe.
    if (state.keyring !== 'unlocked') expect(fingerprint(keyringFolder(home))).toEqual(before.keyring);
    expect(readKeyCheck(installation.folder)).toBe(keyCheck);
    expect(await withKeyring(home, 'unlocked', env => readEntry(env, installation.id))).toBe(entry);
  },
);

test('an installation in an unlocked keychain issues keys, and lists them in the next session', async ({
  skip,
}) => {
  const reason = whyNoKeyring();
  skip(reason !== undefined, reason);
  const home = temporaryFolder();
  await withKeyring(home, 'unlocked', async env => {
    const { id } = await initInKeychain(home, env);
    expect(Buffer.from((await readEntry(env, id)) ?? '', 'base64url')).toHaveLength(32);
    jsonOf(await runCommand(home, env, ['key', 'create', '--service', 'team-api', '--name', 'ci', '--json']));
  });
  await withKeyring(home, 'unlocked', async env => {
    expect(jsonOf(await runCommand(home, env, ['key', 'list', '--json']))).toMatchObject([{ name: 'ci' }]);
    expect(jsonOf(await runCommand(home, env, ['vault', 'status', '--json']))).toMatchObject({
      state: 'open',
    });
    expect(jsonOf(await runCommand(home, env, ['audit', 'verify', '--json']))).toMatchObject({ ok: true });
  });
});

test.for(STATES.filter(({ keyring }) => keyring !== 'unlocked'))(
  'init in a keychain that is $name ($keyring) leaves nothing behind that a later init would trip over',
  async ({ keyring, code, says }, { skip }) => {
    const reason = whyNoKeyring();
    skip(reason !== undefined, reason);
    const home = temporaryFolder();
    // A login keyring has to be there before it can be locked.
    await withKeyring(home, 'unlocked', env => readEntry(env, 'any'));
    const before = fingerprint(keyringFolder(home));
    const refused = await withKeyring(home, keyring, env =>
      runCommand(home, env, ['init', '--vault', 'keychain', '--json']),
    );
    expect(refusalOf(refused)).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(fingerprint(keyringFolder(home))).toEqual(before);
    await withKeyring(home, 'unlocked', env => initInKeychain(home, env));
  },
);
