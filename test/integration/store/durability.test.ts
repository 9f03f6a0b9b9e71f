import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { CLI, runNode } from '../../rig/run-node.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

test('nobody else may read the data folder or any file of it, while it is open and afterwards', async ({
  skip,
}) => {
  skip(process.platform === 'win32', 'Windows has no file modes');
  const home = join(temporaryFolder(), 'new', 'data');
  const umask = process.umask(0o022);
  try {
    jsonOf(await keysmith({ home }, 'init', '--json'));
    const session = await openSession({ home });
    createKey(session.ports, session.actor, { service: 'team-api', name: 'ci' });
    const open = readdirSync(home);
    expect(open).toEqual(
      expect.arrayContaining(['keysmith.db', 'keysmith.db-shm', 'keysmith.db-wal', 'vault.age']),
    );
    for (const name of open) expect(`${name} ${modeOf(join(home, name))}`).toBe(`${name} 600`);
    await session.close();
    for (const name of readdirSync(home)) expect(`${name} ${modeOf(join(home, name))}`).toBe(`${name} 600`);
    expect(modeOf(home)).toBe('700');
  } finally {
    process.umask(umask);
  }
});

test('an open database writes ahead and syncs fully', async () => {
  const home = temporaryFolder();
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const session = await openSession({ home });
  const { db } = session.store.connection;
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  await session.close();
});

test('the built command makes an installation with only what formats say is in a data folder', async () => {
  const home = join(temporaryFolder(), 'data');
  const env = { PATH: process.env.PATH, KEYSMITH_HOME: home, KEYSMITH_PASSPHRASE: 'nine hens on a red roof' };
  jsonOf(await runNode(CLI, ['init', '--json'], env));
  jsonOf(await runNode(CLI, ['key', 'create', '--service', 'team-api', '--name', 'ci', '--json'], env));
  expect(readdirSync(home).sort()).toEqual(['keysmith.db', 'vault.age', 'vault.head']);
});
