import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { decryptWithAge, whyNoAge } from '../../rig/age.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { readKeyCheck } from '../../rig/key-check.ts';
import { initInKeychain, readEntry, runCommand } from '../../rig/keychain-installation.ts';
import { withKeyring } from '../../rig/keyring.ts';
import { whyNoKeyring } from '../../rig/keyring-session.ts';
import { keysmith, PASSPHRASE } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const CREATE = ['key', 'create', '--service', 'team-api', '--name', 'ci', '--json'];
const FIRST = 'the first passphrase';
const SECOND = 'the second passphrase';

test('the master key moves from a real keychain behind a passphrase, gets another, and moves back', async ({
  skip,
}) => {
  const reason = whyNoKeyring();
  skip(reason !== undefined, reason);
  const home = temporaryFolder();
  await withKeyring(home, 'unlocked', async env => {
    const { id, folder } = await initInKeychain(home, env);
    const secret = await readEntry(env, id);
    const keyCheck = readKeyCheck(folder);
    const { token } = jsonOf(await runCommand(home, env, CREATE)) as { token: string };
    const run = async (argv: readonly string[], passphrases = {}) =>
      jsonOf(await runCommand(home, env, [...argv, '--json'], passphrases));
    const holds = async (passphrases: object) => {
      expect(await run(['key', 'list'], passphrases)).toMatchObject([{ name: 'ci', tampered: false }]);
      expect(await run(['audit', 'verify'], passphrases)).toMatchObject({ ok: true });
    };

    await run(['vault', 'move', '--to', 'passphrase'], { KEYSMITH_NEW_PASSPHRASE: FIRST });
    await holds({ KEYSMITH_PASSPHRASE: FIRST });
    expect(await readEntry(env, id)).toBeNull();
    expect(await readEntry(env, `${id}/audit-head`)).toBeNull();
    expect(modeOf(join(folder, 'vault.age'))).toBe('600');

    await run(['vault', 'change-passphrase'], {
      KEYSMITH_PASSPHRASE: FIRST,
      KEYSMITH_NEW_PASSPHRASE: SECOND,
    });
    await holds({ KEYSMITH_PASSPHRASE: SECOND });
    const refused = await runCommand(home, env, ['key', 'list', '--json'], { KEYSMITH_PASSPHRASE: FIRST });
    expect(refusalOf(refused)).toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG', field: 'passphrase' });

    await run(['vault', 'move', '--to', 'keychain'], { KEYSMITH_PASSPHRASE: SECOND });
    await holds({});
    expect(await readEntry(env, id)).toBe(secret);
    expect(existsSync(join(folder, 'vault.age'))).toBe(false);
    expect(existsSync(join(folder, 'vault.head'))).toBe(false);
    expect(readKeyCheck(folder)).toBe(keyCheck);
    const found = await runCommand(home, env, ['key', 'list', '--search', token.slice(-10, -6), '--json']);
    expect(jsonOf(found)).toMatchObject([{ name: 'ci' }]);
  });
});

test("other people's age opens vault.age with its passphrase, and with no other", async ({ skip }) => {
  const reason = whyNoAge();
  skip(reason !== undefined, reason);
  const home = temporaryFolder();
  const created = jsonOf(await keysmith({ home }, 'init', '--json')) as { installation: string };
  const out = join(temporaryFolder(), 'opened');

  expect(decryptWithAge(join(home, 'vault.age'), 'not the passphrase', out).code).not.toBe(0);
  expect(existsSync(out)).toBe(false);

  expect(decryptWithAge(join(home, 'vault.age'), PASSPHRASE, out)).toMatchObject({ code: 0 });
  const content = JSON.parse(readFileSync(out, 'utf8')) as { master_key: string };
  expect(content).toMatchObject({ format: 'keysmith-vault/1', installation: created.installation });
  expect(Buffer.from(content.master_key, 'base64url')).toHaveLength(32);
});

test('a move to where the master key is already, and a passphrase for a keychain, are refused', async () => {
  const place = { home: temporaryFolder(), keychain: memoryKeychain() };
  jsonOf(await keysmith(place, 'init', '--vault', 'keychain', '--json'));
  const moved = await keysmith(
    { ...place, newPassphrase: FIRST },
    'vault',
    'move',
    '--to',
    'keychain',
    '--json',
  );
  expect(refusalOf(moved)).toMatchObject({ code: 'VAULT_KIND_INVALID' });
  const changed = await keysmith({ ...place, newPassphrase: FIRST }, 'vault', 'change-passphrase', '--json');
  expect(refusalOf(changed)).toMatchObject({ code: 'VAULT_KIND_INVALID' });
});
