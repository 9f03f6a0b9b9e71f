import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { contentsOf } from '../page-contents.ts';
import { ExportPage } from '../pages/export-page.ts';
import type { KeysPage } from '../pages/keys-page.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { SEED_PASSPHRASE, seedName } from '../seed.ts';

const ROOT = join(import.meta.dirname, '../../..');
const readClipboard = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText());

/** Leaves as much as can be left in a page: a key that is looked at, words in the search, a key's token. */
async function lookAround(app: ElectronApplication, page: Page, keys: KeysPage): Promise<string[]> {
  const reveal = await keys.createKey({ name: 'very-secret-name' });
  const token = await reveal.readSecret();
  await reveal.confirm();
  await keys.search.fill('very-secret');
  await expect(keys.rows).toHaveCount(1);
  await keys.row('very-secret-name').click();
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  const id = (await keys.row('very-secret-name').getAttribute('data-key')) ?? '';
  await keys.act('very-secret-name', 'Copy key ID');
  await expect.poll(() => readClipboard(app)).toBe(id);
  return [token.slice(-40), id, 'very-secret', seedName(0), 'Team API'];
}

test('a locked window holds nothing of what was there, and opens as if it were new', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 3, operators: { max: 'manager' } });
  const traces = await lookAround(app, page, keys);
  expect(await contentsOf(page)).toContain(traces[1]);
  await page.evaluate(() => Object.assign(window, { remembered: true }));
  await page.keyboard.press('ControlOrMeta+l');
  const lock = new LockScreen(page);
  await expect(lock.passphrase).toBeFocused();
  const left = await contentsOf(page);
  for (const trace of traces) expect(left).not.toContain(trace);
  // Another page: neither variables nor pending answers of the one before are left.
  expect(await page.evaluate(() => 'remembered' in window)).toBe(false);
  expect(await page.evaluate(() => window.keysmith.keys.count({}))).toMatchObject({
    ok: false,
    error: { code: 'LOCKED' },
  });
  // Whoever was here last is asked first.
  await lock.unlock(SEED_PASSPHRASE, 'max');
  await expect(keys.rows).toHaveCount(4);
  await expect(keys.search).toHaveValue('');
  await expect(page.getByRole('complementary', { name: 'Key information' })).toHaveCount(0);
  await new SettingsPage(page).choose('Lock now');
  await expect(lock.operator).toHaveValue('max');
});

test('wrong passphrases are slowed down, over a restart too', async ({ openSeeded, open }) => {
  const { app, page } = await openSeeded({ operators: { max: 'manager' } });
  await page.keyboard.press('ControlOrMeta+l');
  const lock = new LockScreen(page);
  // The waits: 2, 4 and 8 seconds.
  for (const wrong of ['one', 'two', 'three', 'four', 'five']) {
    await expect(lock.submit).toBeDisabled();
    await expect(page.getByText(/^Next try in/)).toHaveCount(0);
    await lock.unlock(wrong);
    await expect(lock.refusal).toContainText('This is not the passphrase of');
  }
  await expect(page.getByText(/^Next try in [5-8] s$/)).toBeVisible();
  await lock.passphrase.fill(SEED_PASSPHRASE);
  await expect(lock.submit).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(lock.passphrase).toHaveValue(SEED_PASSPHRASE);
  // Another operator does not wait.
  await lock.operator.selectOption('max');
  await expect(page.getByText(/^Next try in/)).toHaveCount(0);
  await app.close();

  const again = await open();
  const after = new LockScreen(again.page);
  await expect(again.page.getByText(/^Next try in/)).toBeVisible();
  await expect(after.submit).toBeDisabled();
  await expect(again.page.getByText('You can try again now.')).toBeVisible();
  await after.unlock(SEED_PASSPHRASE);
  await expect(new SettingsPage(again.page).you).toBeVisible();
});

for (const event of ['suspend', 'lock-screen'] as const) {
  test(`it locks at ${event}, whatever is open, and takes a copied secret along`, async ({ openSeeded }) => {
    const { app, page, keys } = await openSeeded({ keys: 1, lock: true });
    const reveal = await keys.createKey({ name: 'unsaved' });
    await reveal.copy.click();
    await expect(reveal.copy).toHaveText(/Copied/);
    const token = await readClipboard(app);
    expect(token).toMatch(/^team_sk_/);
    await app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
    const lock = new LockScreen(page);
    await expect(lock.heading).toBeVisible();
    expect(await readClipboard(app)).toBe('');
    expect(await contentsOf(page)).not.toContain('unsaved');
    await lock.unlock(SEED_PASSPHRASE);
    // The reveal is gone: the key says so.
    await expect(keys.row('unsaved')).toContainText('Not saved');
    await expect(reveal.dialog).toHaveCount(0);
  });
}

test('a clipboard that does not answer keeps nothing from being locked', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 1, lock: true });
  const reveal = await keys.createKey({ name: 'copied' });
  await reveal.copy.click();
  await expect(reveal.copy).toHaveText(/Copied/);
  await app.evaluate(({ clipboard, powerMonitor }) => {
    clipboard.readText = () => Promise.reject(new Error('no clipboard')) as never;
    powerMonitor.emit('suspend');
  });
  await expect(new LockScreen(page).heading).toBeVisible();
  expect(await page.evaluate(() => window.keysmith.reveal.current())).toEqual({ ok: true, value: null });
});

test('it locks when nobody is there, but not while a secret waits to be saved', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 1, lock: true });
  const reveal = await keys.createKey({ name: 'shown' });
  await app.evaluate(({ powerMonitor }) => {
    Object.assign(globalThis, { looks: 0 });
    powerMonitor.getSystemIdleTime = () => {
      (globalThis as unknown as { looks: number }).looks += 1;
      return 3600;
    };
  });
  // It looked, and left it open.
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { looks: number }).looks), { timeout: 20_000 })
    .toBeGreaterThan(0);
  await expect(reveal.dialog).toBeVisible();
  await reveal.confirm();
  await expect(new LockScreen(page).heading).toBeVisible();
});

test('without a lock nothing locks', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 1 });
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
  await expect(keys.rows).toHaveCount(1);
  expect(await page.evaluate(() => window.keysmith.app.lock())).toMatchObject({
    ok: false,
    error: { code: 'LOCK_STATE' },
  });
  await expect(keys.rows).toHaveCount(1);
});

test('locking by hand asks before a secret is lost', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ lock: true });
  const reveal = await keys.createKey({ name: 'unsaved' });
  await page.keyboard.press('ControlOrMeta+l');
  const question = page.getByRole('dialog', { name: 'Close without saving?' });
  await expect(question).toContainText('Then Keysmith locks.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(reveal.dialog).toBeVisible();
  await page.keyboard.press('ControlOrMeta+l');
  await question.getByRole('button', { name: 'Close without saving' }).click();
  await expect(new LockScreen(page).heading).toBeVisible();
});

test('the menu and the palette lock, and a locked window has no commands', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 1, lock: true });
  const shown = () =>
    app.evaluate(({ Menu }) =>
      ['create-key', 'create-service', 'search', 'palette', 'settings', 'lock'].filter(
        id => Menu.getApplicationMenu()?.getMenuItemById(id)?.visible,
      ),
    );
  expect(await shown()).toHaveLength(6);
  // A dialog does not keep anybody from leaving.
  await keys.create.click();
  await expect(keys.dialog('Create key')).toBeVisible();
  await app.evaluate(({ Menu, BrowserWindow }) =>
    Menu.getApplicationMenu()
      ?.getMenuItemById('lock')
      ?.click(undefined as never, BrowserWindow.getAllWindows()[0] as never),
  );
  const lock = new LockScreen(page);
  await expect(lock.heading).toBeVisible();
  expect(await shown()).toEqual([]);
  await lock.unlock(SEED_PASSPHRASE);
  await expect(keys.rows).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('Type a command, a service or a key').fill('lock');
  await page.keyboard.press('Enter');
  await expect(lock.heading).toBeVisible();
});

test('a role that the command line changes sends the window to its lock screen', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ keys: 2, operators: { max: 'manager' } }, { as: 'max' });
  await keys.row(seedName(0)).click();
  await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
  const users = await page.evaluate(() => window.keysmith.operators.list());
  const owner = users.ok ? users.value.find(({ role }) => role === 'owner')?.name : undefined;
  const result = spawnSync(
    process.execPath,
    [join(ROOT, 'dist/main/cli.js'), 'operator', 'edit', 'max', '--role', 'viewer'],
    {
      env: {
        ...process.env,
        KEYSMITH_HOME: folder,
        KEYSMITH_OPERATOR: owner,
        KEYSMITH_PASSPHRASE: SEED_PASSPHRASE,
      },
      encoding: 'utf8',
    },
  );
  expect(result.stderr).toBe('');
  const lock = new LockScreen(page);
  await expect(lock.heading).toBeVisible();
  await expect(lock.operator).toHaveValue('max');
  expect(await contentsOf(page)).not.toContain(seedName(0));
  await lock.unlock(SEED_PASSPHRASE);
  await expect(keys.rows).toHaveCount(2);
  await expect(new SettingsPage(page).you).toContainText('max · viewer');
  await expect(keys.create).toHaveCount(0);
});

test('an export that runs is cancelled, and leaves nothing', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 3000, lock: true });
  const exporting = new ExportPage(page);
  await exporting.open();
  const path = join(folder, '..', 'keys.csv');
  await app.evaluate(({ dialog, powerMonitor }, filePath) => {
    // As soon as it is known where, and before it can be done.
    dialog.showSaveDialog = async () => {
      setImmediate(() => powerMonitor.emit('suspend'));
      return { canceled: false, filePath };
    };
  }, path);
  await exporting.export.click();
  const lock = new LockScreen(page);
  await expect(lock.heading).toBeVisible();
  expect(readdirSync(join(folder, '..'))).toEqual(['data']);
});
