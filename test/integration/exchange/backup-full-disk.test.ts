import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addManyKeys } from '../../fixtures/many-keys.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith, openSession, type Place } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { leaveFree, mountSmallDisk } from '../../rig/small-disk.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const backupPassphrase = 'five tall birches by a lake';

/** What is in a folder, but for what fills the disk, and for what SQLite keeps of an installation that is looked at. */
const contents = (folder: string) =>
  Object.fromEntries(
    Object.entries(fingerprint(folder)).filter(([path]) => !/(filler|reserve|-wal|-shm)$/.test(path)),
  );

async function madeIn(home: string, keys: number): Promise<Place> {
  const place = { home, backupPassphrase };
  jsonOf(await keysmith(place, 'init', '--json'));
  const session = await openSession(place);
  addManyKeys(session, keys);
  await session.close();
  return place;
}

test('a backup to a full disk is refused with a sentence, and the one that is there stays', async ({
  skip,
}) => {
  const disk = mountSmallDisk('8m');
  if (typeof disk === 'string') return skip(disk);
  const place = await madeIn(temporaryFolder(), 300);
  const out = join(disk.folder, 'keysmith.age');
  const put = () => keysmith(place, 'backup', '--out', out, '--force', '--json');
  jsonOf(await put());
  const { size } = statSync(out);
  const before = contents(disk.folder);
  const home = readdirSync(place.home).sort();
  for (const room of [0, 4096, size / 2, size - 8192]) {
    leaveFree(disk, room);
    expect(refusalOf(await put()), `${room} bytes`).toMatchObject({
      code: 'FILE_UNWRITABLE',
      field: 'out',
      message: `The file ${out} cannot be written: the disk is full.`,
    });
    expect(contents(disk.folder), `${room} bytes`).toEqual(before);
    expect(readdirSync(place.home).sort(), `${room} bytes`).toEqual(home);
  }
  rmSync(join(disk.folder, 'filler'));
  jsonOf(await put());
});

test('a backup of a data folder on a full disk is refused, and leaves nothing there', async ({ skip }) => {
  const disk = mountSmallDisk('8m');
  if (typeof disk === 'string') return skip(disk);
  const place = await madeIn(join(disk.folder, 'data'), 300);
  const out = join(temporaryFolder(), 'keysmith.age');
  const before = contents(disk.folder);
  // Room to open the installation, and not for a copy of it.
  leaveFree(disk, 200_000);
  const refused = refusalOf(await keysmith(place, 'backup', '--out', out, '--json'));
  expect(refused.code).toBe('STORE_FULL');
  expect(readdirSync(join(out, '..'))).toEqual([]);
  rmSync(join(disk.folder, 'filler'));
  expect(contents(disk.folder)).toEqual(before);
  jsonOf(await keysmith(place, 'backup', '--out', out, '--json'));
});

test('a restore onto a full disk is refused, and the installation there stays as it was', async ({
  skip,
}) => {
  const disk = mountSmallDisk('16m');
  if (typeof disk === 'string') return skip(disk);
  const place = await madeIn(join(disk.folder, 'data'), 300);
  const file = join(temporaryFolder(), 'keysmith.age');
  jsonOf(await keysmith(place, 'backup', '--out', file, '--json'));
  jsonOf(await keysmith(place, 'key', 'revoke', 'team-api/key-0', '--json'));
  const { size } = statSync(join(place.home, 'keysmith.db'));
  const restore = () => keysmith(place, 'restore', file, '--yes', '--json');
  const { home } = place;
  const names = readdirSync(home).sort();
  const seq = async () =>
    (jsonOf(await keysmith(place, 'audit', 'list', '--limit', '1', '--json')) as { seq: number }[])[0]?.seq;
  const before = await seq();
  for (const room of [0, 65_536, size / 2, size + 20_000]) {
    leaveFree(disk, room);
    const refused = refusalOf(await restore());
    expect(['FILE_UNWRITABLE', 'STORE_FULL', 'VAULT_UNWRITABLE'], refused.message).toContain(refused.code);
    expect(refused.message, `${room} bytes`).toMatch(/full/);
    rmSync(join(disk.folder, 'filler'));
    expect(readdirSync(home).sort(), `${room} bytes`).toEqual(names);
    expect(await seq(), `${room} bytes`).toBe(before);
    expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  }
  jsonOf(await restore());
  expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
});
