import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startKeyring, whyNoKeyring } from '../../rig/keyring-session.ts';
import { expect, test } from '../fixtures.ts';
import { seedInstallation } from '../seed.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('a damaged database is shown as such, left as it is, and can be tried again', async ({
  open,
  folder,
}) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await seedInstallation(folder, {});
  const path = join(folder, 'keysmith.db');
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, 50));
  const { page } = await open();
  await expect(page.getByText(/its header is damaged/)).toBeVisible();
  expect(readFileSync(path).length).toBe(50);
  writeFileSync(path, whole);
  await page.getByRole('button', { name: /Retry|Try again/ }).click();
  await expect(page.getByLabel('Passphrase')).toBeVisible();
});

test('a database of a newer Keysmith is refused and left as it is', async ({ open, folder }) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await seedInstallation(folder, {});
  const db = new Database(join(folder, 'keysmith.db'));
  db.pragma('user_version = 999');
  db.close();
  const { page } = await open();
  await expect(page.getByText(/written by a newer Keysmith/)).toBeVisible();
});

test('an empty database file is not taken for a first run', async ({ open, folder }) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'keysmith.db'), '');
  const { page } = await open();
  await expect(page.getByText(/is empty: a file of 0 bytes/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create installation' })).toHaveCount(0);
});

test('a locked keychain is said, and opens once it is unlocked', async ({ open, folder }) => {
  const reason = whyNoKeyring();
  test.skip(reason !== undefined, reason);
  const home = mkdtempSync(join(tmpdir(), 'keysmith-locked-'));
  try {
    const unlocked = await startKeyring(home, 'unlocked');
    const init = spawnSync(
      process.execPath,
      [join(ROOT, 'dist/main/cli.js'), 'init', '--vault', 'keychain'],
      {
        env: { ...unlocked.env, KEYSMITH_HOME: folder },
        encoding: 'utf8',
      },
    );
    expect(init.stderr).toBe('');
    await unlocked.end();
    const before = readFileSync(join(folder, 'keysmith.db'));
    const locked = await startKeyring(home, 'locked');
    const { page } = await open({ env: locked.env });
    await expect(page.getByText(/keychain is locked/)).toBeVisible();
    expect(readFileSync(join(folder, 'keysmith.db')).equals(before)).toBe(true);
    await locked.end();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test('a data folder that cannot be written is said', async ({ open, folder }) => {
  test.skip(
    process.platform !== 'linux' || process.getuid?.() !== 0,
    'a read-only disk can be mounted by root on Linux only',
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', folder]);
  test.skip(mount.status !== 0, 'no disk can be mounted here');
  try {
    const { app, page } = await open();
    await expect(
      page.getByText(/The data folder .* cannot be made or used: the disk is read-only/).first(),
    ).toBeVisible();
    await app.close();
  } finally {
    spawnSync('umount', ['-l', folder]);
  }
});
