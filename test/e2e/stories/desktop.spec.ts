import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { appCommand, appExecutable } from '../../rig/app-command.ts';
import { expect, test } from '../fixtures.ts';
import { SEED_PASSPHRASE, seedName } from '../seed.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('the page has its policy, and nothing of Node', async ({ open }) => {
  const { page } = await open();
  const policy = await page.evaluate(async () => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const image = document.createElement('img');
    image.src = 'https://example.org/x.png';
    document.body.append(image);
    // Out of Playwright's own evaluation, which may do what the page may not.
    const evalRan = await new Promise<boolean>(resolve =>
      setTimeout(() => {
        try {
          resolve(new Function('return true')() as boolean);
        } catch {
          resolve(false);
        }
      }),
    );
    const fetched = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    return {
      violations: [...new Set(violations)].sort(),
      evalRan,
      fetched,
      inlineRan: 'inlineRan' in window,
    };
  });
  expect(policy).toMatchObject({ evalRan: false, fetched: false, inlineRan: false });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { violations: string[] }).violations))
    .toEqual(expect.arrayContaining(['connect-src', 'img-src', 'script-src', 'script-src-elem']));
  expect(
    await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(name => name in window),
    ),
  ).toEqual([]);
  expect(await page.evaluate(() => Object.keys(window.keysmith).sort())).toEqual([
    'app',
    'audit',
    'backups',
    'bench',
    'bundles',
    'exports',
    'imports',
    'keys',
    'lock',
    'on',
    'operators',
    'reveal',
    'services',
    'settings',
    'signingKeys',
    'window',
  ]);
});

test('navigation, popups and downloads are denied', async ({ open }) => {
  const { app, page } = await open();
  const before = page.url();
  await page.evaluate(async () => {
    window.open('https://example.org/');
    const link = document.createElement('a');
    link.href = 'https://example.org/';
    document.body.append(link);
    link.click();
    const download = document.createElement('a');
    download.href = URL.createObjectURL(new Blob(['x']));
    download.download = 'x.txt';
    document.body.append(download);
    download.click();
    location.assign('https://example.org/');
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  expect(page.url()).toBe(before);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('permissions are denied', async ({ open }) => {
  const { page } = await open();
  const states = await page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'clipboard-read', 'camera', 'microphone'] as const;
    return Promise.all(
      names.map(async name => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
  });
  expect(states).not.toContain('granted');
});

test('paths outside the built renderer are not found', async ({ open }) => {
  const { page } = await open();
  const status = await page.evaluate(async () => {
    const load = (src: string) =>
      new Promise<boolean>(resolve => {
        const script = document.createElement('script');
        script.onload = () => resolve(true);
        script.onerror = () => resolve(false);
        script.src = src;
        document.body.append(script);
      });
    return Promise.all(
      [
        '/../main/index.js',
        '/%2e%2e/main/index.js',
        '/..%2fmain/index.js',
        '/assets/../../main/index.js',
        '/nothing.js',
      ].map(load),
    );
  });
  expect(status).toEqual([false, false, false, false, false]);
});

test('a second start hands over to the first window', async ({ openSeeded, folder, keychain }) => {
  const { app } = await openSeeded();
  await app.evaluate(({ app: electron }) => {
    electron.on('second-instance', () => Object.assign(globalThis, { handedOver: true }));
  });
  const { args, cwd } = appCommand();
  const second = spawnSync(appExecutable(), args, {
    cwd,
    env: { ...process.env, ...keychain, KEYSMITH_HOME: folder },
    timeout: 30_000,
  });
  expect(second.status).toBe(0);
  await expect.poll(() => app.evaluate(() => (globalThis as { handedOver?: boolean }).handedOver)).toBe(true);
});

test('the menu has the commands, and they reach the window', async ({ openSeeded }) => {
  const { app, page } = await openSeeded();
  const click = (id: string) =>
    app.evaluate(({ Menu, BrowserWindow }, item) => {
      const found = Menu.getApplicationMenu()?.getMenuItemById(item);
      found?.click(undefined, BrowserWindow.getAllWindows()[0], undefined);
      return found?.accelerator;
    }, id);
  expect(await click('create-key')).toBe('CmdOrCtrl+N');
  await expect(page.getByRole('dialog', { name: 'Create key' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await click('search')).toBe('CmdOrCtrl+F');
  await expect(page.getByRole('searchbox', { name: 'Search keys' })).toBeFocused();
  expect(await click('palette')).toBe('CmdOrCtrl+K');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a page whose process ended is loaded anew', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded({ keys: 3 });
  await expect(keys.row(seedName(2))).toBeVisible();
  const crashed = page.waitForEvent('crash').catch(() => undefined);
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await crashed;
  await expect
    .poll(() =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return contents && !contents.isCrashed() && contents.getURL();
      }),
    )
    .toContain('index.html');
});

test('a change made by the command line shows in the open window within a second', async ({
  openSeeded,
  folder,
}) => {
  const { keys } = await openSeeded({ keys: 2 });
  await expect(keys.row(seedName(1))).toContainText('Active');
  const result = spawnSync(
    process.execPath,
    [join(ROOT, 'dist/main/cli.js'), 'key', 'revoke', `team-api/${seedName(1)}`],
    {
      env: { ...process.env, KEYSMITH_HOME: folder, KEYSMITH_PASSPHRASE: SEED_PASSPHRASE },
      encoding: 'utf8',
    },
  );
  expect(result.stderr).not.toContain('[');
  await expect(keys.row(seedName(1))).toContainText('Revoked', { timeout: 1000 });
});

test('quitting leaves the head of the log saved', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded();
  await (await keys.createKey({ name: 'ci' })).confirm();
  const closed = app.waitForEvent('close');
  // The page goes before it can answer.
  await page.evaluate(() => window.keysmith.window.close()).catch(() => undefined);
  await closed;
  const result = spawnSync(process.execPath, [join(ROOT, 'dist/main/cli.js'), 'audit', 'verify', '--json'], {
    env: { ...process.env, KEYSMITH_HOME: folder, KEYSMITH_PASSPHRASE: SEED_PASSPHRASE },
    encoding: 'utf8',
  });
  const report = JSON.parse(result.stdout) as { ok: boolean; head: { seq: number } };
  expect(report.ok).toBe(true);
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(join(folder, 'vault.head'), 'utf8')).toContain(`${report.head.seq} `);
});
