import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { exportInventory } from '../../../main/exchange/export-inventory.ts';
import { draftPath } from '../../../main/exchange/file-draft.ts';
import { inThisThread } from '../../fixtures/bundles.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

it('drafts that a dead export left go with the next export to their place, and nothing else does', async () => {
  const installation = await testInstallation();
  const folder = temporaryFolder();
  const out = join(folder, 'keys.csv');
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const draftOf = (pid: number, place = out) => draftPath(place).replace(`-${process.pid}-`, `-${pid}-`);
  const left = draftOf(dead);
  const kept = [
    // Of another export of this process, and of a process that is there.
    draftOf(process.pid),
    `${draftOf(process.ppid)}.rest`,
    // Of another machine, whose processes cannot be seen from here.
    draftOf(dead).replace(/\.new-[0-9a-f]{8}-/, '.new-00000000-'),
    // For another place, and of other people.
    draftOf(dead, join(folder, 'other.csv')),
    `${draftOf(dead)}.old`,
    join(folder, 'keys.csv.new-1'),
  ];
  for (const path of [left, `${left}.rest`, `${left}.jws`, ...kept]) writeFileSync(path, '');
  const folderInTheWay = draftOf(dead);
  mkdirSync(folderInTheWay);

  await exportInventory(installation, inThisThread(installation), {
    keys: { kind: 'matching', criteria: {}, sort: { field: 'name', descending: false } },
    removed: false,
    format: 'csv',
    columns: ['id'],
    bom: false,
    out,
    sign: false,
    replace: false,
  });
  const expected = [out, folderInTheWay, ...kept].map(path => basename(path));
  expect(readdirSync(folder).sort()).toEqual(expected.sort());
});
