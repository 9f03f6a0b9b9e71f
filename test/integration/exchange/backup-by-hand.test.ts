import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decryptWithAge, whyNoAge } from '../../rig/age.ts';
import { keysmith, PASSPHRASE } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { isCommand } from '../../rig/system-packages.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const BACKUP_PASSPHRASE = 'five tall birches by a lake';

const query = (file: string, sql: string) => {
  const { status, stdout, stderr } = spawnSync('sqlite3', ['-readonly', file, sql], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`sqlite3 ended with ${status}: ${stderr}`);
  return stdout.trim();
};

test('age opens a backup, and sqlite3 reads it', async ({ skip }) => {
  const why = whyNoAge() ?? (isCommand('sqlite3') ? undefined : 'sqlite3 not found');
  if (why !== undefined) return skip(why);
  const place = { home: temporaryFolder(), passphrase: PASSPHRASE, backupPassphrase: BACKUP_PASSPHRASE };
  const run = async (...argv: readonly string[]) => jsonOf(await keysmith(place, ...argv, '--json'));
  await run('init');
  await run('key', 'create', '--service', 'team-api', '--name', 'ci');
  const folder = temporaryFolder();
  const file = join(folder, 'keysmith.age');
  await run('backup', '--out', file);

  const wrong = decryptWithAge(file, 'not the passphrase', join(folder, 'wrong.db'));
  expect(wrong.code).not.toBe(0);
  const plain = join(folder, 'plain.db');
  const { code, said } = decryptWithAge(file, BACKUP_PASSPHRASE, plain);
  expect(code, said).toBe(0);

  expect(query(plain, 'PRAGMA integrity_check')).toBe('ok');
  expect(query(plain, 'SELECT name, status FROM key')).toBe('ci|active');
  const secret = JSON.parse(query(plain, 'SELECT CAST(secret AS TEXT) FROM backup_secret'));
  expect(secret).toMatchObject({ format: 'keysmith-secrets/1', owner: null });
  expect(readdirSync(folder).sort(), 'nothing is needed beside the file').toEqual([
    'keysmith.age',
    'plain.db',
  ]);
});
