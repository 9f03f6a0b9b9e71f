import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { commandLine } from './run.ts';

const PASSPHRASE = 'five tall birches by a lake';
const VARIABLE = { KEYSMITH_BACKUP_PASSPHRASE: PASSPHRASE };
const CREATE = ['key', 'create', '--service', 'team-api', '--name'];

/** Answers prompts one after the other, and remembers them. */
function answers(...texts: readonly string[]) {
  const rest = [...texts];
  const asked: string[] = [];
  const ask = async (prompt: string) => {
    asked.push(prompt);
    return rest.shift() ?? '';
  };
  return { ask, asked };
}

async function withKey(env: Record<string, string> = VARIABLE) {
  const line = commandLine(env);
  await line.run(['init']);
  await line.run([...CREATE, 'ci']);
  const out = join(temporaryFolder(), 'keysmith.age');
  return { ...line, out };
}

test('backup writes one file, says so, and does not replace another without --force', async () => {
  const { run, out } = await withKey();
  expect((await run(['backup', '--out', out, '--json'])).json()).toEqual({
    out,
    size: expect.any(Number),
    at: expect.any(Number),
    head_seq: expect.any(Number),
  });
  const again = await run(['backup', '--out', out, '--json']);
  expect(again.error()).toMatchObject({ code: 'FILE_EXISTS', field: 'out' });
  expect((await run(['backup', '--out', out, '--force'])).out).toMatch(/^Wrote a backup of \d+ bytes to /);
});

test('the passphrase of a backup is asked twice, and read from a file or a variable once', async () => {
  const { run, out } = await withKey({});
  const none = await run(['backup', '--out', out, '--json']);
  expect(none.error()).toMatchObject({ code: 'BACKUP_PASSPHRASE_REQUIRED', field: 'passphrase' });
  const slip = answers(PASSPHRASE, `${PASSPHRASE}.`);
  expect((await run(['backup', '--out', out, '--json'], '', slip)).error().code).toBe(
    'BACKUP_PASSPHRASE_WRONG',
  );
  expect(existsSync(out)).toBe(false);
  const twice = answers(PASSPHRASE, PASSPHRASE);
  expect((await run(['backup', '--out', out], '', twice)).exit).toBe(0);
  expect(twice.asked).toEqual(['New passphrase of the backup: ', 'The same again: ']);

  const file = join(temporaryFolder(), 'passphrase');
  writeFileSync(file, `${PASSPHRASE}\n`);
  const other = `${out}.2`;
  expect((await run(['backup', '--out', other, '--passphrase-file', file])).exit).toBe(0);
  expect((await run(['restore', other, '--yes', '--passphrase-file', file])).exit).toBe(0);
});

test('a weak passphrase is refused without being repeated', async () => {
  const { run, out } = await withKey({ KEYSMITH_BACKUP_PASSPHRASE: 'hunter2' });
  const refused = await run(['backup', '--out', out, '--json']);
  expect(refused.error()).toMatchObject({ code: 'BACKUP_PASSPHRASE_WEAK', field: 'passphrase' });
  expect(refused.err).not.toContain('hunter2');
});

test('restore asks before it replaces, takes nothing but yes, and names what stays refused', async () => {
  const { run, out } = await withKey();
  await run(['backup', '--out', out]);
  await run(['key', 'revoke', 'team-api/ci']);
  await run([...CREATE, 'newer']);
  const unasked = await run(['restore', out, '--json']);
  expect(unasked.error()).toMatchObject({ code: 'STORE_EXISTS', message: expect.stringContaining('--yes') });
  const no = await run(['restore', out, '--json'], '', answers('y'));
  expect(no.error().code).toBe('CANCELLED');
  expect((await run(['key', 'list', '--json'])).json()).toHaveLength(2);

  const yes = await run(['restore', out], '', answers('yes'));
  expect(yes.exit, yes.err).toBe(0);
  expect(yes.out).toContain('1 key that was revoked after the backup stays revoked. (team-api/ci)');
  expect(yes.out).toContain('1 key was created after the backup, which does not know them');
  expect((await run(['key', 'list', '--json'])).json()).toMatchObject([{ name: 'ci', status: 'revoked' }]);
});

test('restore says in JSON what it made of the installation', async () => {
  const { run, out, folder } = await withKey();
  await run(['backup', '--out', out]);
  await run(['key', 'disable', 'team-api/ci']);
  expect((await run(['restore', out, '--yes', '--json'])).json()).toMatchObject({
    folder,
    vault: 'keychain',
    replaced: 'same',
    aside: expect.stringContaining(`${folder}/replaced-`),
    keys: [{ name: 'ci', service: 'team-api', became: 'disabled' }],
    unknown_keys: [],
    services: [{ service: 'team-api', next_bundle: 1, jumped: false, status_list: null, hand_over: false }],
    remarks: [],
  });
});

test('on a new machine the vault is the keychain, or a passphrase where one is given', async () => {
  const { run, out } = await withKey();
  await run(['backup', '--out', out]);
  const home = () => ({ KEYSMITH_HOME: join(temporaryFolder(), 'new'), ...VARIABLE });
  const restore = async (env: Record<string, string>) =>
    (await run(['restore', out, '--json'], '', { env, keychain: memoryKeychain() })).json();
  expect(await restore(home())).toMatchObject({ vault: 'keychain', replaced: 'none', aside: null });
  const given = { ...home(), KEYSMITH_PASSPHRASE: 'nine hens on a red roof' };
  expect(await restore(given)).toMatchObject({ vault: 'passphrase' });
});

test('a bundle that is no bundle is refused as a service would refuse it', async () => {
  const { run, out } = await withKey();
  await run(['backup', '--out', out]);
  const refused = await run(['restore', out, '--yes', '--bundle', temporaryFolder(), '--json']);
  expect(refused).toMatchObject({ exit: 3 });
  expect(refused.error().code).toMatch(/^BUNDLE_/);
});
