import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { fillDisk, mountSmallDisk } from '../../rig/small-disk.ts';

const CREATE = ['key', 'create', '--service', 'team-api', '--json', '--name'];

test('keys are issued until the disk is full, and every one of them is there when there is space again', async ({
  skip,
}) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const home = join(disk.folder, 'data');
  jsonOf(await keysmith({ home }, 'init', '--json'));

  const issued = new Set<string>();
  const session = await openSession({ home });
  const issue = () => {
    const request = { service: 'team-api', name: `key ${issued.size}`, description: 'x'.repeat(1000) };
    issued.add(createKey(session.ports, session.actor, request).key.id);
  };
  expect(() => {
    while (issued.size < 10_000) issue();
  }).toThrow(expect.objectContaining({ code: 'STORE_FULL', message: expect.stringContaining('is full') }));
  expect(issued.size).toBeGreaterThan(10);
  // Still full: said again, and the keys can be read all the while.
  expect(issue).toThrow(KeysmithError);
  expect(session.store.key([...issued][0] as Parameters<typeof session.store.key>[0])).toBeDefined();

  disk.free();
  issue();
  await session.close();

  const again = await openSession({ home });
  const { keys } = again.store.keys({ sort: { field: 'created', descending: false }, limit: 10_000 }, 0);
  expect(new Set(keys.map(({ id }) => id))).toEqual(issued);
  expect(await verifyAudit(again)).toMatchObject({ ok: true, findings: [] });
  await again.close();
});

test('on a full disk, commands that change something say so, and leave neither key nor file', async ({
  skip,
}) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const home = join(disk.folder, 'data');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  jsonOf(await keysmith({ home }, ...CREATE, 'before'));
  fillDisk(disk);
  const before = withoutJournal(fingerprint(home));
  const out = join(disk.folder, 'secret');

  const printed = await keysmith({ home }, ...CREATE, 'printed');
  expect(refusalOf(printed)).toMatchObject({
    code: 'STORE_FULL',
    message: expect.stringContaining('is full'),
  });
  expect(printed.out).toBe('');
  const kept = await keysmith({ home }, ...CREATE, 'kept', '--out', out);
  expect(['STORE_FULL', 'FILE_UNWRITABLE']).toContain(refusalOf(kept).code);
  expect(refusalOf(kept).message).toContain('full');
  expect(existsSync(out)).toBe(false);
  expect(withoutJournal(fingerprint(home))).toEqual(before);

  disk.free();
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toMatchObject([{ name: 'before' }]);
  expect(jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
});

/** SQLite leaves an empty journal when it has no room to open a database, and takes it up again later. */
function withoutJournal(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !/-(wal|shm)$/.test(path)));
}

test('a key whose commit finds the disk full is refused, although its secret was printed', async ({
  skip,
}) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const home = join(disk.folder, 'data');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  const created = await keysmith({ home, onOutput: () => fillDisk(disk) }, ...CREATE, 'ci');
  expect(refusalOf(created).code).toBe('STORE_FULL');
  disk.free();
  expect(jsonOf(await keysmith({ home }, 'key', 'list', '--json'))).toEqual([]);
  expect(jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
});

test('a change that was made is reported as made, also when the disk is full right after it', async ({
  skip,
}) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const home = join(disk.folder, 'data');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  jsonOf(await keysmith({ home }, ...CREATE, 'ci'));
  const revoked = await keysmith(
    { home, onOutput: () => fillDisk(disk) },
    'key',
    'revoke',
    'team-api/ci',
    '--json',
  );
  expect(jsonOf(revoked)).toMatchObject({ status: 'revoked' });
  disk.free();
  expect(jsonOf(await keysmith({ home }, 'key', 'show', 'team-api/ci', '--json'))).toMatchObject({
    status: 'revoked',
  });
  expect(jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
});

test('init on a full disk says so and leaves nothing', async ({ skip }) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  fillDisk(disk);
  const home = join(disk.folder, 'data');
  const refused = refusalOf(await keysmith({ home }, 'init', '--json'));
  expect(refused.message).toContain('full');
  expect(existsSync(home) ? readdirSync(home) : []).toEqual([]);
  disk.free();
  jsonOf(await keysmith({ home }, 'init', '--json'));
});

test('a read-only data folder is said to be so, and works again when it can be written', async ({ skip }) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const home = join(disk.folder, 'data');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  disk.makeReadOnly();
  const before = fingerprint(home);
  for (const argv of [
    [...CREATE, 'never'],
    ['key', 'list', '--json'],
    ['vault', 'status', '--json'],
  ]) {
    const refused = refusalOf(await keysmith({ home }, ...argv));
    expect(refused).toMatchObject({ code: 'STORE_READ_ONLY', message: expect.stringContaining(home) });
  }
  const elsewhere = refusalOf(await keysmith({ home: join(disk.folder, 'other') }, 'init', '--json'));
  expect(elsewhere.code).toBe('STORE_READ_ONLY');
  expect(fingerprint(home)).toEqual(before);
  disk.makeWritable();
  jsonOf(await keysmith({ home }, ...CREATE, 'after'));
});
