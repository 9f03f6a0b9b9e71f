import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type ElectronApplication, _electron as electron } from '@playwright/test';
import { expect, fixture, journal, run, test } from './launch.ts';

/** Process IDs whose command line mentions `text`. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter(entry => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

async function profileOf(app: ElectronApplication): Promise<string> {
  return (await journal(app)).chromium?.profile ?? 'no profile';
}

async function expectNothingLeft(profile: string): Promise<void> {
  await expect.poll(() => existsSync(profile)).toBe(false);
  // The keeper and Chromium's helpers may outlast the profile by a moment.
  await expect.poll(() => processesWith(profile)).toEqual([]);
}

test('quitting asks the app and every window, in order, and leaves nothing behind', async ({ app, page }) => {
  const profile = await profileOf(app);
  expect(existsSync(profile)).toBe(true);
  expect(processesWith(profile)).not.toEqual([]);
  const output: string[] = [];
  app.process().stdout?.on('data', chunk => output.push(String(chunk)));
  await app.evaluate(({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    for (const event of ['before-quit', 'will-quit', 'quit'] as const)
      app.on(event as 'quit', () => console.log(event));
    app.on('window-all-closed', () => console.log('window-all-closed'));
    window?.on('close', () => console.log('close'));
    window?.on('closed', () => console.log('closed'));
  });
  const exit = new Promise(resolve => app.process().once('exit', resolve));
  await app.close();
  expect(await exit).toBe(0);
  expect(output.join('').trim().split('\n')).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit']);
  await expectNothingLeft(profile);
  expect(page.isClosed()).toBe(true);
});

test('quitting can be called off by the app and by a window', async ({ app, page }) => {
  const seen = await app.evaluate(async ({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const soon = () => new Promise(resolve => setImmediate(resolve));
    app.once('before-quit', event => event.preventDefault());
    app.quit();
    await soon();
    const afterFirst = BrowserWindow.getAllWindows().length;
    window?.once('close', event => event.preventDefault());
    app.quit();
    await soon();
    return [afterFirst, BrowserWindow.getAllWindows().length];
  });
  expect(seen).toEqual([1, 1]);
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
});

test('closing the last window tells of it, and the app decides', async ({ app, page: _loaded }) => {
  const seen = await app.evaluate(({ app, BrowserWindow }) => {
    app.removeAllListeners('window-all-closed');
    const told = new Promise(resolve => app.once('window-all-closed', () => resolve('told')));
    BrowserWindow.getAllWindows()[0]?.close();
    return told;
  });
  expect(seen).toBe('told');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
});

test('app.exit ends at once with its code', async ({ app, page: _loaded }) => {
  const profile = await profileOf(app);
  const exit = new Promise(resolve => app.process().once('exit', resolve));
  const asked = app.evaluate(({ app }) => {
    app.on('before-quit', event => event.preventDefault());
    setImmediate(() => app.exit(7));
  });
  // The process may be gone before its answer is on the way; the exit code below says whether it understood.
  await asked.catch(() => undefined);
  expect(await exit).toBe(7);
  await expectNothingLeft(profile);
});

test('killed with SIGKILL, it takes Chromium and its profile along', async ({ app, page: _loaded }) => {
  const profile = await profileOf(app);
  expect(processesWith(profile)).not.toEqual([]);
  app.process().kill('SIGKILL');
  await expectNothingLeft(profile);
});

test('asked to end with SIGTERM, it quits like an app', async ({ app, page: _loaded }) => {
  const exit = new Promise(resolve => app.process().once('exit', resolve));
  app.process().kill('SIGTERM');
  expect(await exit).toBe(0);
});

test('a second start finds the lock taken and tells the first', async ({ app, page: _loaded, userData }) => {
  expect(await app.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  const { code, stdout } = await run([fixture, `--user-data-dir=${userData}`, '--open=key']);
  expect([code, stdout.trim()]).toEqual([0, 'second start']);
  await expect.poll(() => app.evaluate(() => globalThis.asked.starts.length)).toBe(1);
  const [start] = await app.evaluate(() => globalThis.asked.starts);
  expect(start?.argv.slice(1)).toEqual([fixture, `--user-data-dir=${userData}`, '--open=key']);
  expect(start).toMatchObject({ folder: process.cwd(), data: { from: 'fixture' } });
});

test('the lock of a killed instance is free, and another folder has its own', async ({
  app,
  page: _loaded,
  userData,
}) => {
  const other = await electron.launch({ args: [fixture, `--user-data-dir=${userData}/other`] });
  expect(await other.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  await other.close();
  const gone = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await gone;
  const next = await electron.launch({ args: [fixture, `--user-data-dir=${userData}`] });
  expect(await next.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  await next.close();
});

test('visible mode shows the app in a window of Chromium and says so', async ({ userData }) => {
  // Chromium's own headless display stands for a screen, so that this runs where there is none.
  const app = await electron.launch({
    args: ['--ozone-platform=headless', fixture, `--user-data-dir=${userData}`],
    env: { ...process.env, KEYSMITH_STANDIN_VISIBLE: '1' } as Record<string, string>,
  });
  const page = await app.firstWindow();
  await page.waitForURL(/index\.html$/);
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
  expect(await page.evaluate(() => navigator.userAgent)).not.toContain('Headless');
  expect(app.windows()).toHaveLength(1);
  expect(
    processesWith(await profileOf(app)).some(pid =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--headless'),
    ),
  ).toBe(false);
  const exit = new Promise(resolve => app.process().once('exit', resolve));
  await page.evaluate(() => window.close()).catch(() => undefined);
  expect(await exit).toBe(0);
});
