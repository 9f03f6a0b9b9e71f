import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { placeIn } from '../../rig/die-at-every-call.ts';
import { keysmith } from '../../rig/keysmith.ts';
import { startChanging } from '../../rig/kill-rounds.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

test('while another process has the installation open, it is backed up and not replaced', async () => {
  const folder = temporaryFolder();
  const place = { ...placeIn(folder), backupPassphrase: 'five tall birches by a lake' };
  jsonOf(await keysmith(place, 'init', '--vault', 'keychain', '--json'));
  const file = join(folder, 'keysmith.age');
  const child = startChanging(place.home, place.keychainFile);
  const closed = once(child, 'close');
  // It stands still after its first change, with the database open.
  child.stdin.write('1 committed\n');
  for await (const line of createInterface(child.stdout)) if (line === 'committed') break;

  jsonOf(await keysmith(place, 'backup', '--out', file, '--json'));
  const restore = () => keysmith(place, 'restore', file, '--yes', '--json');
  expect(refusalOf(await restore())).toMatchObject({
    code: 'STORE_BUSY',
    message: expect.stringContaining('Close it, and try again'),
  });
  child.kill('SIGKILL');
  await closed;

  expect(jsonOf(await restore())).toMatchObject({ replaced: 'same' });
  expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  expect(readdirSync(place.home).sort()).toEqual(['keysmith.db', expect.stringMatching(/^replaced-/)]);
});
