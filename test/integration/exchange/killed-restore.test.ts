import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decryptFile } from '../../../main/exchange/backup-file.ts';
import { requireService } from '../../../main/keys/look-up.ts';
import { requireWholeLog } from '../../../main/trust/require-whole-log.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { callsApart, type Death, dieAtEveryCall, placeIn } from '../../rig/die-at-every-call.ts';
import { keysmith, openSession, PASSPHRASE, type Place } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const BACKUP_PASSPHRASE = 'five tall birches by a lake';
/** A restore makes some sixty calls, and each death is looked at with several commands. */
const EVERY = callsApart(9);
const SECRETS = ['backup_secret', 'keysmith-secrets/1'];

/** A folder with an installation, a backup of it, and a key that was revoked and one that was made since. */
async function folderWith(vault: 'keychain' | 'passphrase') {
  const folder = temporaryFolder();
  const place = { ...placeIn(folder), passphrase: PASSPHRASE, backupPassphrase: BACKUP_PASSPHRASE };
  const run = async (...argv: readonly string[]) => jsonOf(await keysmith(place, ...argv, '--json'));
  await run('init', '--vault', vault);
  for (const name of ['kept', 'revoked']) await run('key', 'create', '--service', 'team-api', '--name', name);
  await run('backup', '--out', join(folder, 'keysmith.age'));
  await run('key', 'revoke', 'team-api/revoked');
  await run('key', 'create', '--service', 'team-api', '--name', 'newer');
  return { folder, place };
}

const at = ({ place }: Death): Place => ({
  ...place,
  passphrase: PASSPHRASE,
  backupPassphrase: BACKUP_PASSPHRASE,
});

/** Whether it is the old installation or the restored one that opens: one of them does, whole. */
async function whichOpens(place: Place, call: string): Promise<'old' | 'restored'> {
  const session = await openSession(place);
  try {
    expect(session.logShortened, call).toBe(false);
    // What bundles and inventories ask before they sign.
    await requireWholeLog(session);
    expect((await verifyAudit(session)).findings, call).toEqual([]);
    const { ref } = requireService(session.store, 'team-api');
    const status = (name: string) => session.store.keyByName(ref, name)?.status;
    expect([status('kept'), status('revoked')], call).toEqual(['active', 'revoked']);
    return status('newer') === undefined ? 'restored' : 'old';
  } finally {
    await session.close();
  }
}

/** A restored installation signs, and can be restored over. */
async function expectGoesOn(place: Place, folder: string): Promise<void> {
  const bundle = ['export', 'bundle', '--service', 'team-api', '--out', join(folder, 'bundle')];
  jsonOf(await keysmith(place, ...bundle, '--json'));
  jsonOf(await keysmith(place, 'restore', join(folder, 'keysmith.age'), '--yes', '--json'));
  expect(await whichOpens(place, 'restored again')).toBe('restored');
}

test.for(['keychain', 'passphrase'] as const)(
  'a restore with the %s, killed at any call, leaves the old installation or the new one',
  { timeout: 900_000 },
  async vault => {
    const { folder } = await folderWith(vault);
    const mortal = {
      argv: ['restore', '{folder}/keysmith.age', '--yes'],
      passphrase: PASSPHRASE,
      backupPassphrase: BACKUP_PASSPHRASE,
      every: EVERY,
    };
    const opened = { old: 0, restored: 0 };
    const deaths = await dieAtEveryCall(folder, mortal, async death => {
      const place = at(death);
      opened[await whichOpens(place, death.call)] += 1;
      const left = readdirSync(place.home).filter(name => /^(restor|keysmith\.copy)/.test(name));
      expect(left, death.call).toEqual([]);
      // What was replaced is kept, and no secret of the backup lies about.
      for (const name of readdirSync(place.home, { recursive: true, encoding: 'utf8' })) {
        if (!name.includes('.db')) continue;
        const text = readFileSync(join(place.home, name), 'latin1');
        for (const secret of SECRETS) expect(text.includes(secret), `${death.call}: ${name}`).toBe(false);
      }
      if (opened.old + opened.restored === 1 || opened.restored === 1)
        await expectGoesOn(place, death.folder);
    });
    expect(deaths).toBeGreaterThan(30);
    expect(opened.old).toBeGreaterThan(10 / EVERY);
    expect(opened.restored).toBeGreaterThan(5 / EVERY);
  },
);

test('a restore where there was nothing, killed at any call, leaves nothing or the restored installation', {
  timeout: 900_000,
}, async () => {
  const { folder } = await folderWith('passphrase');
  const original = temporaryFolder();
  const file = join(folder, 'keysmith.age');
  const mortal = {
    argv: ['restore', file, '--vault', 'keychain'],
    passphrase: PASSPHRASE,
    backupPassphrase: BACKUP_PASSPHRASE,
    every: EVERY,
  };
  const found = { nothing: 0, restored: 0 };
  await dieAtEveryCall(original, mortal, async death => {
    const place = at(death);
    const listed = await keysmith(place, 'key', 'list', '--json');
    if (listed.code !== 0) {
      expect(refusalOf(listed).code, death.call).toBe('STORE_MISSING');
      found.nothing += 1;
      jsonOf(await keysmith(place, ...mortal.argv, '--json'));
    } else found.restored += 1;
    expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json')), death.call).toMatchObject({
      ok: true,
    });
  });
  expect(found.nothing).toBeGreaterThan(10 / EVERY);
  expect(found.restored).toBeGreaterThan(3 / EVERY);
});

test('a backup that replaces another, killed at any call, leaves one that restores', {
  timeout: 900_000,
}, async () => {
  const { folder } = await folderWith('passphrase');
  const mortal = {
    argv: ['backup', '--out', '{folder}/keysmith.age', '--force'],
    passphrase: PASSPHRASE,
    backupPassphrase: BACKUP_PASSPHRASE,
    every: EVERY,
  };
  const deaths = await dieAtEveryCall(folder, mortal, async death => {
    const place = at(death);
    await whichOpens(place, death.call);
    const plain = join(death.folder, 'plain.db');
    await decryptFile(join(death.folder, 'keysmith.age'), plain, BACKUP_PASSPHRASE, () => undefined);
    const log = jsonOf(
      await keysmith(place, 'audit', 'list', '--action', 'installation.backup', '--json'),
    ) as { after: { sha256: string } }[];
    expect([1, 2]).toContain(log.length);
    // Whatever a dead process left of its copy goes with the next backup.
    jsonOf(await keysmith(place, 'backup', '--out', join(death.folder, 'next.age'), '--json'));
    expect(readdirSync(place.home).filter(name => name.startsWith('keysmith.copy'))).toEqual([]);
  });
  expect(deaths).toBeGreaterThan(15);
});
