import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemKeychain } from '../../../main/trust/keychain.ts';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const CREATE = ['key', 'create', '--service', 'team-api', '--name', 'ci', '--json'];

interface State {
  readonly name: string;
  readonly break: (home: string) => void | Promise<void>;
  readonly passphrase?: string;
  readonly code: string;
  readonly says: string;
}

const STATES: readonly State[] = [
  {
    name: 'passphrase-wrong',
    break: () => {},
    passphrase: 'not the passphrase',
    code: 'VAULT_PASSPHRASE_WRONG',
    says: 'The passphrase does not open the vault.',
  },
  {
    name: 'missing',
    break: home => rmSync(join(home, 'vault.age')),
    code: 'VAULT_MISSING',
    says: 'vault.age is missing',
  },
  {
    name: 'wrong',
    break: home => writeFileSync(join(home, 'vault.age'), 'garbage'),
    code: 'VAULT_WRONG',
    says: 'is not an age file, or is damaged',
  },
  {
    name: 'wrong',
    break: home => writeFileSync(join(home, 'vault.age'), ''),
    code: 'VAULT_WRONG',
    says: 'is not an age file, or is damaged',
  },
  {
    name: 'wrong',
    break: async home => {
      const other = temporaryFolder();
      jsonOf(await keysmith({ home: other }, 'init', '--json'));
      writeFileSync(join(home, 'vault.age'), readFileSync(join(other, 'vault.age')));
    },
    code: 'VAULT_WRONG',
    says: 'The master key in the passphrase vault is not the one of this database.',
  },
  {
    name: 'passphrase-required',
    break: () => {},
    passphrase: '',
    code: 'VAULT_PASSPHRASE_REQUIRED',
    says: 'The vault is behind a passphrase, and none was given.',
  },
];

test.for(STATES)('a passphrase vault that is $name says so ($says), and nothing is changed', async state => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  await state.break(home);
  const before = fingerprint(home);
  const place = { home, ...(state.passphrase !== undefined && { passphrase: state.passphrase }) };
  for (const argv of [
    CREATE,
    ['key', 'list', '--json'],
    ['vault', 'change-passphrase', '--json'],
    ['vault', 'move', '--to', 'keychain', '--json'],
  ]) {
    const outcome = await keysmith({ ...place, newPassphrase: 'never used' }, ...argv);
    expect(outcome).toMatchObject({ code: 1, out: '' });
    expect(refusalOf(outcome)).toMatchObject({
      code: state.code,
      message: expect.stringContaining(state.says),
    });
  }
  expect(jsonOf(await keysmith(place, 'vault', 'status', '--json'))).toMatchObject({ state: state.name });
  expect(fingerprint(home)).toEqual(before);
});

test('a damaged age file is not taken for a wrong passphrase to be tried again for ever: it stays as it is', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const path = join(home, 'vault.age');
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, -10));
  const before = fingerprint(home);
  const { code } = refusalOf(await keysmith({ home }, 'key', 'list', '--json'));
  expect(['VAULT_WRONG', 'VAULT_PASSPHRASE_WRONG']).toContain(code);
  expect(fingerprint(home)).toEqual(before);
  writeFileSync(path, whole);
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toEqual([]);
});

test('init leaves a vault.age that stands without its database as it is', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const aside = join(temporaryFolder(), 'keysmith.db');
  renameSync(join(home, 'keysmith.db'), aside);
  const before = fingerprint(home);
  expect(refusalOf(await keysmith({ home }, 'init', '--json'))).toMatchObject({ code: 'VAULT_EXISTS' });
  expect(fingerprint(home)).toEqual(before);
  renameSync(aside, join(home, 'keysmith.db'));
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toEqual([]);
});

test('init leaves an installation that is there as it is, whatever vault it asks for', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const before = fingerprint(home);
  const entries = new Map<string, string>();
  for (const vault of ['passphrase', 'keychain']) {
    const place = { home, keychain: memoryKeychain(entries), passphrase: 'another one' };
    const outcome = await keysmith(place, 'init', '--vault', vault, '--json');
    expect(refusalOf(outcome)).toMatchObject({ code: 'STORE_EXISTS' });
  }
  expect(fingerprint(home)).toEqual(before);
  expect(entries.size).toBe(0);
});

test('a keychain that denies access is said to do so, and nothing is changed', async () => {
  const home = temporaryFolder();
  const entries = new Map<string, string>();
  jsonOf(
    await keysmith({ home, keychain: memoryKeychain(entries) }, 'init', '--vault', 'keychain', '--json'),
  );
  const before = { files: fingerprint(home), entries: new Map(entries) };
  const deny = async () => {
    throw new Error('User canceled the operation.');
  };
  const keychain = systemKeychain(async () => ({
    getPassword: deny,
    setPassword: deny,
    deletePassword: deny,
  }));
  expect(refusalOf(await keysmith({ home, keychain }, ...CREATE))).toMatchObject({
    code: 'VAULT_DENIED',
    message: expect.stringContaining('The system keychain refused access.'),
  });
  expect(jsonOf(await keysmith({ home, keychain }, 'vault', 'status', '--json'))).toMatchObject({
    state: 'denied',
  });
  expect({ files: fingerprint(home), entries }).toEqual(before);
});

test('a saved head that was changed, is gone or cannot be read is said to be so', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const path = join(home, 'vault.head');
  const verify = async () => (await keysmith({ home }, 'audit', 'verify', '--json')).out;
  writeFileSync(path, 'nonsense');
  expect(await verify()).toContain('it says nothing any more, and whether the log was shortened');
  rmSync(path);
  expect(await verify()).toContain('that is saved outside the database is gone');
  rmSync(path, { force: true });
  mkdirSync(path);
  expect(refusalOf(await keysmith({ home }, 'key', 'list', '--json'))).toMatchObject({
    code: 'VAULT_DENIED',
    message: expect.stringMatching(/saved head of the audit log .* cannot be read: it is a folder/),
  });
});

test('a vault file that cannot be read is said to be so', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  rmSync(join(home, 'vault.age'));
  mkdirSync(join(home, 'vault.age'));
  expect(refusalOf(await keysmith({ home }, 'key', 'list', '--json'))).toMatchObject({
    code: 'VAULT_DENIED',
    message: expect.stringContaining('cannot be read: it is a folder'),
  });
});
