import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importedHere, manyRows, secretsIn, unmatched } from '../../fixtures/imports.ts';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { fillDisk, mountSmallDisk } from '../../rig/small-disk.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** A batch of them takes more than the page that a full disk may still give. */
const ROWS = 120;
const BATCH = 60;

const CASES = [
  ['the secrets go to', 'FILE_UNWRITABLE'],
  ['the database is on', 'STORE_FULL'],
] as const;

for (const [which, code] of CASES) {
  test(`a full disk that ${which} ends an import between two batches, and it goes on when there is room`, async ({
    skip,
  }) => {
    const disk = mountSmallDisk('4m');
    if (typeof disk === 'string') return skip(disk);
    const elsewhere = temporaryFolder();
    const [home, out] =
      which === 'the database is on'
        ? [join(disk.folder, 'data'), join(elsewhere, 'secrets.csv')]
        : [join(elsewhere, 'data'), join(disk.folder, 'secrets.csv')];
    const place = { home, keychain: memoryKeychain() };
    jsonOf(await keysmith(place, 'init', '--vault', 'keychain', '--json'));
    const file = join(elsewhere, 'keys.csv');
    writeFileSync(file, manyRows(ROWS));
    const session = await openSession(place);
    const onStep = (step: string) => {
      if (step === 'committed') fillDisk(disk);
    };
    await expect(importedHere(session, file, { out, batch: BATCH, onStep })).rejects.toMatchObject({ code });
    expect(secretsIn(out)).toHaveLength(BATCH);
    expect(unmatched(session, secretsIn(out))).toEqual([]);
    for (const name of readdirSync(disk.folder).filter(each => each.startsWith('filler-')))
      rmSync(join(disk.folder, name));
    expect(await importedHere(session, file, { out, batch: 5, resume: true })).toEqual({
      issued: ROWS - BATCH,
      rows: ROWS,
    });
    expect(unmatched(session, secretsIn(out))).toEqual([]);
    await session.close();
    expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  });
}
