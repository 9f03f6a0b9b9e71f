import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { lockImports } from '../../../main/store/import-lock.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import {
  imported,
  importedHere,
  importFile,
  manyRows,
  secretLines,
  secretsIn,
  unmatched,
} from '../../fixtures/imports.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const newPlace = () => join(temporaryFolder(), 'secrets.csv');

const failure = (work: Promise<unknown>): Promise<KeysmithError> =>
  work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: unknown) => {
      if (error instanceof KeysmithError) return error;
      throw error;
    },
  );

const found = ({ store }: TestInstallation, text: string) =>
  store.keys({ sort: parseSort('name'), limit: 100, text }, 0).keys.map(({ name }) => name);

async function expectSound(installation: TestInstallation): Promise<void> {
  expect((await verifyAudit(installation)).findings).toEqual([]);
}

describe('keys issued from a file', () => {
  it('are all there, each with its secret in a new file that nobody else may read', async () => {
    const installation = await testInstallation();
    const out = newPlace();
    const seen: string[] = [];
    const done = await imported(
      installation,
      importFile(manyRows(25)),
      { out, batch: 10 },
      { onProgress: ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`) },
    );
    expect(done).toEqual({ out, rows: 25, issued: 25, recipient: null });
    expect(seen).toEqual(expect.arrayContaining(['issuing 10/25', 'issuing 25/25', 'indexing 0/25']));
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readFileSync(out, 'utf8')).toMatch(/^name,key_id,token\r\nkey-1,ak_\w{16},team_sk_\w+\r\n/);
    expect(secretsIn(out)).toHaveLength(25);
    expect(unmatched(installation, secretsIn(out))).toEqual([]);
    const { store } = installation;
    const [record] = store.keyImports();
    expect(record).toMatchObject({ state: 'done', done: 25, rows: 25, bytes: statSync(out).size });
    const actions = store.audit({ limit: 100 }).map(({ action }) => action);
    expect(actions.filter(action => action === 'key.create')).toHaveLength(25);
    expect(actions.filter(action => action.startsWith('key-import.')).reverse()).toEqual([
      'key-import.begin',
      ...Array.from({ length: 3 }, () => 'key-import.batch'),
      'key-import.end',
    ]);
    expect(store.textsToIndex()).toBe(0);
    expect(found(installation, 'key-17')).toEqual(['key-17']);
    await expectSound(installation);
  });

  it('may be tokens with roles, and counts of them hold', async () => {
    const installation = await testInstallation();
    createService(installation.ports, installation.actor, { service: 'sc', template: 'role-tokens' });
    const rows = Array.from({ length: 30 }, (_, nth) => `k${nth},global-viewer,"=cmd"`);
    const out = newPlace();
    await importedHere(installation, importFile(`name,roles,owner\n${rows.join('\n')}`), {
      service: 'sc',
      out,
    });
    expect(unmatched(installation, secretsIn(out), 'sc')).toEqual([]);
    expect(new Set(secretsIn(out).map(({ token }) => token)).size).toBe(30);
    await expectSound(installation);
  });

  it('are encrypted to a recipient, and are nowhere else then', async () => {
    const installation = await testInstallation();
    const out = newPlace();
    const identity = await generateIdentity();
    const recipient = await identityToRecipient(identity);
    const spooled: string[] = [];
    const seen: string[] = [];
    await importedHere(installation, importFile(manyRows(25)), {
      out,
      recipient,
      onProgress: ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`),
      onStep: step => {
        if (step === 'indexed') spooled.push(readFileSync(`${out}.spool`, 'latin1'));
      },
    });
    expect(readdirSync(dirname(out))).toEqual(['secrets.csv']);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const lines = secretLines(Buffer.from(await decrypter.decrypt(readFileSync(out))));
    expect(lines).toHaveLength(25);
    expect(unmatched(installation, lines)).toEqual([]);
    expect(seen.filter(each => each.startsWith('encrypting'))).toEqual([
      'encrypting 0/25',
      expect.stringMatching(/^encrypting (9|10)\/25$/),
      expect.stringMatching(/^encrypting (19|20)\/25$/),
      'encrypting 25/25',
    ]);
    expect(spooled).toHaveLength(1);
    expect(spooled.join()).not.toMatch(/key-1|team_sk/);
    expect(installation.store.keyImports()[0]).toMatchObject({ state: 'done', spoolKey: null });
    await expectSound(installation);
  });

  it('are refused where a file has a mistake, and nothing is written', async () => {
    const installation = await testInstallation();
    const out = newPlace();
    const refused = await failure(imported(installation, importFile('name,owner\na,\n,b\n'), { out }));
    expect(refused).toMatchObject({
      code: 'IMPORT_INVALID',
      message: expect.stringContaining('line 3, name'),
    });
    expect(existsSync(out)).toBe(false);
    expect(installation.store.keyImports()).toEqual([]);
  });

  it('are never issued over a file or through a link, nor to a recipient that is none', async () => {
    const installation = await testInstallation();
    const [taken, link] = [newPlace(), newPlace()];
    writeFileSync(taken, 'mine');
    symlinkSync(join(dirname(link), 'elsewhere'), link);
    const file = importFile(manyRows(1));
    for (const out of [taken, link])
      expect(await failure(importedHere(installation, file, { out }))).toMatchObject({ code: 'FILE_EXISTS' });
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    const secret = await generateIdentity();
    const refused = await failure(importedHere(installation, file, { out: newPlace(), recipient: secret }));
    expect(refused).toMatchObject({ code: 'RECIPIENT_INVALID', field: 'recipient' });
    expect(refused.message).not.toContain(secret);
    expect(installation.store.keyImports()).toEqual([]);
  });
});

describe('an import that does not come to its end', () => {
  it('goes on where it was cancelled, and is not begun twice', async () => {
    const installation = await testInstallation();
    const out = newPlace();
    const file = importFile(manyRows(35));
    const cancelled = await failure(importedHere(installation, file, { out, cancelAt: 20 }));
    expect(cancelled).toMatchObject({ code: 'CANCELLED', message: expect.stringContaining('20 of 35 keys') });
    expect(secretsIn(out)).toHaveLength(20);
    expect(await failure(importedHere(installation, file, { out: newPlace() }))).toMatchObject({
      code: 'IMPORT_UNFINISHED',
    });
    expect(await failure(importedHere(installation, file, { out: newPlace(), resume: true }))).toMatchObject({
      code: 'IMPORT_NOT_FOUND',
      message: expect.stringContaining(out),
    });
    const changed = importFile(manyRows(36));
    expect(await failure(importedHere(installation, changed, { out, resume: true }))).toMatchObject({
      code: 'IMPORT_NOT_FOUND',
      message: expect.stringContaining('changed'),
    });
    expect(await importedHere(installation, file, { out, resume: true })).toEqual({ issued: 15, rows: 35 });
    expect(await importedHere(installation, file, { out, resume: true })).toEqual({ issued: 0, rows: 35 });
    expect(unmatched(installation, secretsIn(out))).toEqual([]);
    await expectSound(installation);
  });

  it('ends by itself when a worker is told to', async () => {
    const installation = await testInstallation();
    const out = newPlace();
    const file = importFile(manyRows(40));
    const controller = new AbortController();
    const onProgress = ({ phase, done }: { phase?: string; done: number }) => {
      if (phase === 'issuing' && done > 0) controller.abort();
    };
    const watch = { signal: controller.signal, onProgress };
    const cancelled = await failure(imported(installation, file, { out, batch: 2 }, watch));
    expect(cancelled).toMatchObject({ code: 'CANCELLED', message: expect.stringContaining('of 40 keys') });
    expect(unmatched(installation, secretsIn(out))).toEqual([]);
    // The worker's clock goes on while a test's stands still.
    installation.clock.now += 60;
    const done = await imported(installation, file, { out, resume: true });
    expect(done.rows).toBe(40);
    expect(unmatched(installation, secretsIn(out))).toEqual([]);
  });

  it('stops at a name that somebody took meanwhile, and goes on when it is free', async () => {
    const installation = await testInstallation();
    const { ports, actor } = installation;
    const out = newPlace();
    const file = importFile(manyRows(25));
    let taken = '';
    const onStep = (step: string) => {
      if (step !== 'committed' || taken !== '') return;
      taken = createKey(ports, actor, { service: 'team-api', name: 'KEY-14' }).key.id;
    };
    const stopped = await failure(importedHere(installation, file, { out, onStep }));
    expect(stopped).toMatchObject({
      code: 'IMPORT_STOPPED',
      message: expect.stringMatching(/^Line 15: .*13 of 25/),
    });
    expect(secretsIn(out)).toHaveLength(13);
    expect(await failure(importedHere(installation, file, { out, resume: true }))).toMatchObject({
      code: 'IMPORT_STOPPED',
    });
    renameKey(ports, actor, { key: taken, name: 'another' });
    await importedHere(installation, file, { out, resume: true });
    expect(unmatched(installation, secretsIn(out))).toEqual(['another has no secret']);
    await expectSound(installation);
  });

  it.each([
    ['is gone', (out: string) => rmSync(out), /is gone/],
    [
      'is shorter',
      (out: string) => writeFileSync(out, readFileSync(out).subarray(0, -3)),
      /secrets are missing/,
    ],
    [
      'has another end',
      (out: string) =>
        writeFileSync(
          out,
          readFileSync(out, 'utf8').replace(/ak_(\w{16}),(\S+\r\n)$/, 'ak_0000000000000000,$2'),
        ),
      /does not end as it was written/,
    ],
  ])('is refused when its file of secrets %s', async (_, spoil, sentence) => {
    const installation = await testInstallation();
    const out = newPlace();
    const file = importFile(manyRows(25));
    await failure(importedHere(installation, file, { out, cancelAt: 10 }));
    spoil(out);
    expect(await failure(importedHere(installation, file, { out, resume: true }))).toMatchObject({
      code: 'SECRETS_FILE_INVALID',
      message: expect.stringMatching(sentence),
    });
    expect(installation.store.keyImports()[0]?.done).toBe(10);
  });

  it('keeps another one out until it has ended', async () => {
    const installation = await testInstallation();
    const file = importFile(manyRows(2));
    const out = newPlace();
    const unlock = lockImports(installation.readAccess.database);
    expect(await failure(importedHere(installation, file, { out }))).toMatchObject({
      code: 'IMPORT_RUNNING',
    });
    expect(await failure(imported(installation, file, { out }))).toMatchObject({ code: 'IMPORT_RUNNING' });
    unlock();
    expect(existsSync(out)).toBe(false);
    expect(await importedHere(installation, file, { out })).toEqual({ issued: 2, rows: 2 });
  });

  it('issues nothing that its record, edited by hand, would have it issue again', async () => {
    const installation = await testInstallation();
    const file = importFile(manyRows(25));
    const out = newPlace();
    await failure(importedHere(installation, file, { out, cancelAt: 20 }));
    installation.store.connection.db.exec('UPDATE key_import SET done = 10');
    const refused = await failure(importedHere(installation, file, { out, resume: true }));
    expect(refused.code).toBe('TAMPERED');
  });
});
