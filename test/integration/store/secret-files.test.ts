import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const CREATE = ['key', 'create', '--service', 'team-api', '--name', 'ci', '--json'];

test('key create --out writes the secret to a private file and nowhere else, and the key counts as saved', async () => {
  const home = temporaryFolder();
  const path = join(temporaryFolder(), 'secret');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const umask = process.umask(0o022);
  const created = await keysmith({ home }, ...CREATE, '--out', path);
  process.umask(umask);
  const token = readFileSync(path, 'utf8').trimEnd();
  expect(token).toMatch(/^team_sk_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/);
  expect(created.out + created.err).not.toContain(token);
  expect(jsonOf(created)).toMatchObject({ out: path, key: { saved_at: expect.any(Number) } });
  expect(modeOf(path)).toBe('600');
  const found = await keysmith({ home, input: token }, 'key', 'find', '--json');
  expect(jsonOf(found)).toMatchObject([{ proven: true, key: { name: 'ci' } }]);
});

test('key create --out never replaces a file, and then makes no key', async () => {
  const home = temporaryFolder();
  const folder = temporaryFolder();
  const path = join(folder, 'secret');
  // Windows lets only administrators make links.
  const link = process.platform === 'win32' ? path : join(folder, 'link');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  writeFileSync(path, 'precious');
  if (link !== path) symlinkSync(join(folder, 'elsewhere'), link);
  for (const out of [path, link]) {
    const refused = await keysmith({ home }, ...CREATE, '--out', out);
    expect(refusalOf(refused)).toMatchObject({ code: 'FILE_EXISTS', field: 'out' });
  }
  expect(readFileSync(path, 'utf8')).toBe('precious');
  expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toEqual([]);
});

test('key create --out into a folder that does not exist is refused, and makes no key', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const refused = await keysmith({ home }, ...CREATE, '--out', join(home, 'nowhere', 'secret'));
  expect(refusalOf(refused)).toMatchObject({ code: 'FILE_UNWRITABLE', field: 'out' });
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toEqual([]);
});

test('key create --out takes its file back when the key is refused', async () => {
  const home = temporaryFolder();
  const path = join(temporaryFolder(), 'secret');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  jsonOf(await keysmith({ home }, ...CREATE));
  expect(refusalOf(await keysmith({ home }, ...CREATE, '--out', path))).toMatchObject({ code: 'NAME_TAKEN' });
  expect(existsSync(path)).toBe(false);
});

test('the secret is kept before the key is committed', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const order: string[] = [];
  const session = await openSession({ home }, { onStep: step => order.push(step) });
  createKey(session.ports, session.actor, {
    service: 'team-api',
    name: 'ci',
    keep: () => order.push('kept'),
  });
  await session.close();
  expect(order).toEqual(['begun', 'kept', 'written', 'committed']);
});
