import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { exportInventory } from '../../../main/exchange/export-inventory.ts';
import { draftPath, removeLeftDrafts } from '../../../main/exchange/file-draft.ts';
import { inThisThread } from '../../fixtures/bundles.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

it('drafts that a dead export left go with the next export to their place, and nothing else does', async () => {
  const installation = await testInstallation();
  const folder = temporaryFolder();
  const out = join(folder, 'keys.csv');
  const dead = deadProcess();
  const draftOf = (pid: number, place = out) => draftOfProcess(place, pid);
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
    // The signature of what is in that place: it has no other yet.
    `${draftOf(dead)}.jws.old`,
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

it('the signature that a dead export moved away goes once there is another', async () => {
  const out = join(temporaryFolder(), 'keys.csv');
  const moved = `${draftOfProcess(out, deadProcess())}.jws.old`;
  writeFileSync(moved, '');
  removeLeftDrafts(out);
  expect(existsSync(moved)).toBe(true);
  writeFileSync(`${out}.jws`, '');
  removeLeftDrafts(out);
  expect(existsSync(moved)).toBe(false);
});

it('what a dead export of a bundle left goes with the next one, but for a bundle that may have a number', async () => {
  const installation = await testInstallation();
  const folder = temporaryFolder();
  const out = join(folder, 'bundle');
  const dead = deadProcess();
  const [begun, complete, ofAnother] = [dead, dead, process.ppid].map(pid => draftOfProcess(out, pid)) as [
    string,
    string,
    string,
  ];
  for (const path of [begun, complete, ofAnother, `${complete}.old`]) mkdirSync(path);
  for (const path of [
    join(begun, 'keys.ndjson'),
    join(complete, 'manifest.jws'),
    `${begun}.zip`,
    `${begun}.room`,
  ])
    writeFileSync(path, '');
  const request = { service: 'team-api', out, replace: true };

  await exportBundle(installation, inThisThread(installation), request);
  // The bundle before it was the only one in that place.
  const kept = [out, complete, ofAnother];
  expect(readdirSync(folder).sort()).toEqual([...kept, `${complete}.old`].map(path => basename(path)).sort());
  await exportBundle(installation, inThisThread(installation), request);
  expect(readdirSync(folder).sort()).toEqual(kept.map(path => basename(path)).sort());
});

function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

function draftOfProcess(out: string, pid: number): string {
  return draftPath(out).replace(`-${process.pid}-`, `-${pid}-`);
}
