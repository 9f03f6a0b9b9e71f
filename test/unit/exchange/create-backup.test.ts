import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { decryptFile } from '../../../main/exchange/backup-file.ts';
import { type BackupRequest, createBackup } from '../../../main/exchange/create-backup.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import type { ErrorCode } from '../../../main/keys/errors.ts';
import { openSecrets } from '../../../main/trust/secrets.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { NOW, type TestInstallation, testInstallation, WORKER } from '../../fixtures/installation.ts';
import { addedOperator } from '../../fixtures/operators.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const PASSPHRASE = 'five tall birches by a lake';

const backUp = (installation: TestInstallation, request: Partial<BackupRequest> = {}, watch = {}) =>
  createBackup(
    installation,
    WORKER,
    {
      out: join(temporaryFolder(), 'keysmith.age'),
      replace: false,
      passphrase: async () => PASSPHRASE,
      scryptLogN: 10,
      ...request,
    },
    watch,
  );

async function expectFailure(work: () => Promise<unknown>, code: ErrorCode, field?: string): Promise<void> {
  await expect(work()).rejects.toMatchObject({ name: 'KeysmithError', code, field });
}

async function decrypted(file: string, passphrase = PASSPHRASE): Promise<string> {
  const plain = join(temporaryFolder(), 'plain.db');
  await decryptFile(file, plain, passphrase, () => undefined);
  return plain;
}

test('a backup is one private file with the database and what opens it', async () => {
  const installation = await testInstallation();
  const { ports, actor, store, folder } = installation;
  createKey(ports, actor, { service: 'team-api', name: 'ci', permissions: ['computers:read'] });
  const head = store.head();
  const before = readdirSync(folder).sort();

  const { out, at, headSeq, logShortened } = await backUp(installation);
  expect({ at, headSeq, logShortened }).toEqual({ at: NOW, headSeq: head.seq, logShortened: false });
  expect(modeOf(out)).toBe('600');
  expect(readdirSync(join(out, '..'))).toEqual(['keysmith.age']);
  expect(readdirSync(folder).sort()).toEqual(before);

  const db = new Database(await decrypted(out), { readonly: true });
  expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
  expect(db.prepare('SELECT name FROM key').pluck().all()).toEqual(['ci']);
  const { secret, made_at } = db.prepare('SELECT * FROM backup_secret').get() as {
    secret: Buffer;
    made_at: number;
  };
  expect(made_at).toBe(NOW);
  expect(openSecrets(secret)).toMatchObject({ ...installation.secrets });
  db.close();
});

test('a backup is recorded with what it carries, and the log holds', async () => {
  const installation = await testInstallation();
  const { size, headSeq } = await backUp(installation);
  const [entry] = installation.store.audit({ action: 'installation.backup', limit: 1 });
  expect(entry?.after).toEqual({
    file: 'keysmith.age',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    size,
    head_seq: headSeq,
  });
  expect(await verifyAudit(installation)).toMatchObject({ ok: true });
});

test('changes that are made while it is written are either in it or not', async () => {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const add = (name: string) => createKey(ports, actor, { service: 'team-api', name });
  for (let nth = 0; nth < 50; nth += 1) add(`before-${nth}`);
  let written = 0;
  const { out } = await backUp(
    installation,
    {},
    {
      onProgress: () => {
        written += 1;
        add(`meanwhile-${written}`);
      },
    },
  );
  expect(written).toBeGreaterThan(2);
  const db = new Database(await decrypted(out), { readonly: true });
  const names = db.prepare('SELECT name FROM key ORDER BY ref').pluck().all() as string[];
  expect(names.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, nth) => `before-${nth}`));
  expect(db.prepare("SELECT count(*) FROM audit WHERE action = 'key.create'").pluck().get()).toBe(
    names.length,
  );
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

test('the secret is on the disk only encrypted', async () => {
  const installation = await testInstallation();
  const seen: string[] = [];
  const secret = installation.secrets.seal.toString('base64url');
  await backUp(
    installation,
    {},
    {
      onProgress: () => {
        for (const name of readdirSync(installation.folder))
          if (name.startsWith('keysmith.copy-'))
            seen.push(readFileSync(join(installation.folder, name), 'latin1'));
      },
    },
  );
  expect(seen.some(text => text.includes('backup_secret'))).toBe(true);
  expect(seen.filter(text => text.includes(secret))).toEqual([]);
});

test('a backup that is cancelled leaves nothing, and a file of that name as it was', async () => {
  const installation = await testInstallation();
  const out = join(temporaryFolder(), 'keysmith.age');
  writeFileSync(out, 'older');
  const before = readdirSync(installation.folder).sort();
  const { seq } = installation.store.head();
  for (const turn of [1, 2, 3]) {
    const controller = new AbortController();
    let told = 0;
    const watch = {
      signal: controller.signal,
      onProgress: () => {
        told += 1;
        if (told === turn) controller.abort();
      },
    };
    await expectFailure(() => backUp(installation, { out, replace: true }, watch), 'CANCELLED');
    expect(readFileSync(out, 'utf8')).toBe('older');
    expect(readdirSync(join(out, '..'))).toEqual(['keysmith.age']);
    expect(readdirSync(installation.folder).sort()).toEqual(before);
  }
  expect(installation.store.head().seq).toBe(seq);
});

test('an existing file is replaced only when asked to be', async () => {
  const installation = await testInstallation();
  const { out } = await backUp(installation);
  const first = readFileSync(out);
  await expectFailure(() => backUp(installation, { out }), 'FILE_EXISTS', 'out');
  expect(readFileSync(out).equals(first)).toBe(true);
  await backUp(installation, { out, replace: true });
  expect(readFileSync(out).equals(first)).toBe(false);
});

test('a passphrase that is easy to guess is refused before anything is written', async () => {
  const installation = await testInstallation();
  const { seq } = installation.store.head();
  await expectFailure(
    () => backUp(installation, { passphrase: async () => 'password1234' }),
    'BACKUP_PASSPHRASE_WEAK',
    'passphrase',
  );
  expect(installation.store.head().seq).toBe(seq);
});

test('only owners make backups', async () => {
  const installation = await testInstallation();
  const actor = addedOperator(installation, 'Ada', 'admin');
  await expectFailure(() => backUp({ ...installation, actor }), 'NOT_ALLOWED', 'operator');
});

test('an installation that was changed by hand is backed up as it is', async () => {
  const installation = await testInstallation();
  const { connection } = installation.store;
  connection.db.prepare("UPDATE installation SET name = 'other'").run();
  await backUp(installation);
  expect(installation.store.installation()).toMatchObject({ name: 'other', tampered: true });
});

test('another passphrase does not open it, and a damaged file says that it is', async () => {
  const installation = await testInstallation();
  const { out } = await backUp(installation);
  await expectFailure(() => decrypted(out, 'not the passphrase'), 'BACKUP_PASSPHRASE_WRONG', 'passphrase');
  const bytes = readFileSync(out);
  const changed = join(temporaryFolder(), 'changed.age');
  for (const size of [0, 10, 100, bytes.length / 2, bytes.length - 1]) {
    writeFileSync(changed, bytes.subarray(0, size));
    await expectFailure(() => decrypted(changed), 'FILE_INVALID', 'file');
  }
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1;
  writeFileSync(changed, bytes);
  await expectFailure(() => decrypted(changed), 'FILE_INVALID', 'file');
  await expectFailure(() => decrypted(join(temporaryFolder(), 'none')), 'FILE_UNREADABLE', 'file');
});
