import { mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackground } from '../../../main/exchange/background.ts';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { exportInventory } from '../../../main/exchange/export-inventory.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import type { Session } from '../../../main/trust/session.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith, openSession, PASSPHRASE } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { CLI, runNode } from '../../rig/run-node.ts';
import { fillDisk, leaveFree, mountSmallDisk } from '../../rig/small-disk.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const KEYS = 900;
const LONG = 3000;

async function homeWith(fill: (session: Session) => void, home = temporaryFolder()) {
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const session = await openSession({ home });
  fill(session);
  await session.close();
  return home;
}

/** Keys of a service with so many long permissions that their lines take more than memory is given for. */
function addLongLines(session: Session, keys: number): void {
  const { ports, actor } = session;
  const ids = Array.from({ length: 100 }, (_, nth) => `${nth}:`.padEnd(64, 'x'));
  const permissions = ids.map(id => ({ id, title: id, description: '', public_safe: false }));
  createService(ports, actor, { service: 'wide' });
  importCatalog(ports, actor, { service: 'wide', catalog: { permissions, roles: [], accounts: [] } });
  addManyKeys(session, keys, { service: 'wide', permissions: ids });
}

/** What is in a folder, but for what fills the disk. */
const contents = (folder: string) => [
  readdirSync(folder, { recursive: true })
    .filter(name => name !== 'filler' && name !== 'reserve')
    .sort(),
  Object.entries(fingerprint(folder)).filter(([path]) => !/(filler|reserve)$/.test(path)),
];

describe('where the disk is full that an export is to go to', () => {
  test.for([
    { what: 'an inventory in CSV', argv: ['inventory', '--format', 'csv'], name: 'keys.csv' },
    { what: 'an inventory in JSON', argv: ['inventory', '--format', 'json'], name: 'keys.json' },
    { what: 'an inventory in NDJSON', argv: ['inventory', '--format', 'ndjson'], name: 'keys.ndjson' },
    { what: 'a signed inventory', argv: ['inventory', '--sign'], name: 'keys.csv' },
    { what: 'a bundle in a folder', argv: ['bundle', '--service', 'team-api'], name: 'bundle' },
    { what: 'a bundle in one file', argv: ['bundle', '--service', 'team-api'], name: 'bundle.zip' },
  ])(
    '$what is refused with a sentence, and what was there stays as it was',
    async ({ argv, name }, { skip }) => {
      const disk = mountSmallDisk('8m');
      if (typeof disk === 'string') return skip(disk);
      const home = await homeWith(session => addManyKeys(session, KEYS));
      const out = join(disk.folder, 'exports', name);
      mkdirSync(join(disk.folder, 'exports'));
      const put = () => keysmith({ home }, 'export', ...argv, '--out', out, '--force', '--json');
      const bytesFree = () => statfsSync(disk.folder).bavail * statfsSync(disk.folder).bsize;
      const free = bytesFree();
      jsonOf(await put());
      const needed = free - bytesFree();
      expect(needed).toBeGreaterThan(100_000);

      const before = contents(disk.folder);
      // No room for the first byte, for the half, for the last: each is another moment of the work.
      const rooms = [0, 4096, needed / 4, needed / 2, needed * 0.9, needed - 16_384, needed - 4096];
      for (const room of rooms) {
        leaveFree(disk, room);
        const refused = refusalOf(await put());
        expect(refused, `${room} bytes`).toMatchObject({
          code: 'FILE_UNWRITABLE',
          field: 'out',
          message: expect.stringMatching(/^(?!.*\.new-).* cannot be written: the disk is full\.$/),
        });
        expect(contents(disk.folder), `${room} bytes`).toEqual(before);
      }
      rmSync(join(disk.folder, 'filler'));
      jsonOf(await put());
      expect(jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
    },
  );
});

describe('where the disk is full that temporary files are on', () => {
  test('a bundle is refused with a sentence while lines are added and while they are sorted', async ({
    skip,
  }) => {
    const disk = mountSmallDisk('192m');
    if (typeof disk === 'string') return skip(disk);
    const home = await homeWith(session => addLongLines(session, LONG));
    const put = (out: string) =>
      runNode(CLI, ['export', 'bundle', '--service', 'wide', '--out', out, '--json'], {
        PATH: process.env.PATH,
        KEYSMITH_HOME: home,
        KEYSMITH_PASSPHRASE: PASSPHRASE,
        SQLITE_TMPDIR: disk.folder,
      });
    const whole = join(temporaryFolder(), 'bundle');
    expect(jsonOf(await put(whole))).toMatchObject({ sequence: 1, counts: { valid: LONG } });
    expect(readdirSync(disk.folder)).toEqual(['reserve']);
    const sizeOf = (name: string) => statSync(join(whole, name)).size;
    const lines = sizeOf('keys.ndjson') + sizeOf('haproxy/keys.map') + sizeOf('haproxy/permissions.map');

    const folder = temporaryFolder();
    // The lines take somewhat more room than they are long; the longest file is sorted beside them.
    for (const room of [0, lines / 2, lines * 1.35]) {
      leaveFree(disk, room);
      const refused = refusalOf(await put(join(folder, 'bundle')));
      expect(refused, `${room} bytes`).toMatchObject({
        code: 'STORE_FULL',
        message: expect.stringContaining('temporary files is full'),
      });
      expect(readdirSync(folder), `${room} bytes`).toEqual([]);
      expect(readdirSync(disk.folder).sort()).toEqual(['filler', 'reserve']);
    }
    rmSync(join(disk.folder, 'filler'));
    expect(jsonOf(await put(join(folder, 'bundle')))).toMatchObject({ sequence: 2 });
  });
});

describe('where the disk is full that the data folder is on', () => {
  test('a bundle and a signed inventory are refused, and leave neither number nor file', async ({ skip }) => {
    const disk = mountSmallDisk('4m');
    if (typeof disk === 'string') return skip(disk);
    const home = await homeWith(session => addManyKeys(session, 20), join(disk.folder, 'data'));
    const folder = temporaryFolder();
    const session = await openSession({ home });
    const run = createBackground(WORKER, session.readAccess);
    const keys = { kind: 'matching', criteria: {}, sort: { field: 'name', descending: false } } as const;
    const inventory = { keys, removed: false, format: 'csv', columns: KEY_FIELDS, bom: false } as const;
    const put = {
      bundle: (name: string) =>
        exportBundle(session, run, { service: 'team-api', out: join(folder, name), replace: false }),
      inventory: (sign: boolean) =>
        exportInventory(session, run, { ...inventory, out: join(folder, 'keys.csv'), sign, replace: true }),
    };
    const { seq } = session.store.head();
    fillDisk(disk);
    const full = { code: 'STORE_FULL', message: expect.stringContaining(`${home}/keysmith.db is full`) };
    for (const name of ['bundle', 'bundle.zip']) await expect(put.bundle(name)).rejects.toMatchObject(full);
    await expect(put.inventory(true)).rejects.toMatchObject(full);
    expect(readdirSync(folder)).toEqual([]);
    expect(session.store.head().seq).toBe(seq);
    expect(await put.inventory(false), 'which writes nothing there').toMatchObject({ rows: 20 });

    disk.free();
    expect((await put.bundle('bundle')).bundle.sequence).toBe(1);
    expect((await put.bundle('bundle.zip')).bundle.sequence).toBe(2);
    await put.inventory(true);
    expect(await verifyAudit(session)).toMatchObject({ ok: true, findings: [] });
    await session.close();
  });
});
