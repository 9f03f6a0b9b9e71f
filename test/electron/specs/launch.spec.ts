import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from '../standin/browser/find-chromium.ts';
import { expect, fixture, run, test } from './launch.ts';

test('shows the app in a window, through Playwright as it is', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
  const window = await app.browserWindow(page);
  expect(await window.evaluate(({ webContents }) => webContents.getURL())).toBe('app://fixture/index.html');
});

test('the process looks like the main process of an unpackaged app', async ({ app, userData }) => {
  const seen = await app.evaluate(({ app }) => ({
    argv: process.argv,
    execPath: process.execPath,
    type: process.type,
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    packaged: app.isPackaged,
    name: app.getName(),
    version: app.getVersion(),
    folder: app.getAppPath(),
  }));
  expect(seen.argv.slice(1)).toEqual([fixture, `--user-data-dir=${userData}`]);
  expect(seen.argv[0]).toBe(seen.execPath);
  expect(seen.execPath).toMatch(/dist\/electron$/);
  expect(seen).toMatchObject({
    type: 'browser',
    packaged: false,
    name: 'Fixture',
    version: '1.2.3',
    folder: fixture,
  });
  expect(seen.electron).toMatch(/^\d+\.\d+\.\d+$/);
  expect(seen.chrome).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
});

test('folders follow the command line, the app and setPath', async ({ app, userData }) => {
  const paths = await app.evaluate(({ app }) => {
    const before = {
      userData: app.getPath('userData'),
      session: app.getPath('sessionData'),
      logs: app.getPath('logs'),
    };
    app.setPath('sessionData', '/tmp/other');
    return { ...before, changed: app.getPath('sessionData'), temp: app.getPath('temp') };
  });
  const logs = path.join(userData, 'logs');
  expect(paths).toEqual({ userData, session: userData, logs, changed: '/tmp/other', temp: os.tmpdir() });
  await expect(app.evaluate(({ app }) => app.setPath('logs', 'relative'))).rejects.toThrow(
    'Path must be absolute',
  );
});

test('switches of the command line and of the app can be read back', async ({ app, userData }) => {
  const seen = await app.evaluate(({ app }) => {
    const { commandLine } = app;
    commandLine.appendSwitch('added', 'by-app');
    return [
      commandLine.getSwitchValue('user-data-dir'),
      commandLine.getSwitchValue('added'),
      commandLine.hasSwitch('no'),
    ];
  });
  expect(seen).toEqual([userData, 'by-app', false]);
});

test('an entry module that waits for ready is ended with the reason', async () => {
  const entry = path.join(fixture, 'broken/waits-for-ready.mjs');
  const { code, stderr } = await run([entry], { KEYSMITH_STANDIN_ENTRY_LIMIT_MS: '300' });
  expect(code).toBe(1);
  expect(stderr).toContain('a top-level `await app.whenReady()` waits for itself');
});

test('an app that is not there is named', async () => {
  const { code, stderr } = await run(['/nowhere/at-all']);
  expect(code).toBe(1);
  expect(stderr).toContain('there is no app at /nowhere/at-all');
});

test('a module that is not modelled can be imported, and says so when used', async ({ userData }) => {
  const entry = path.join(fixture, 'broken/needs-net.mjs');
  const { code, stderr } = await run([entry, `--user-data-dir=${userData}`]);
  expect(code).toBe(1);
  expect(stderr).toContain('electron stand-in: net.fetch is not modelled');
});

test('without a Chromium the message says how to get one', async () => {
  const { code, stderr } = await run([fixture], { CHROMIUM_PATH: '/nowhere/chromium' });
  expect(code).toBe(1);
  expect(stderr).toContain('CHROMIUM_PATH is /nowhere/chromium, which cannot be run');
  expect(() => findChromium({ PATH: '/nowhere' })).toThrow(/install Chromium .* or set CHROMIUM_PATH/);
});

test('Chromium is taken from CHROMIUM_PATH, then from PATH by the usual names in order', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'find-chromium-'));
  const make = async (name: string) => {
    await writeFile(path.join(folder, name), '');
    await chmod(path.join(folder, name), 0o755);
    return path.join(folder, name);
  };
  const chrome = await make('google-chrome');
  expect(findChromium({ PATH: folder })).toBe(chrome);
  const chromium = await make('chromium-browser');
  expect(findChromium({ PATH: folder })).toBe(chromium);
  expect(findChromium({ PATH: folder, CHROMIUM_PATH: chrome })).toBe(chrome);
  expect(await readdir(folder)).toHaveLength(2);
  await rm(folder, { recursive: true });
});
