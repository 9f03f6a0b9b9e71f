import type { ElectronApplication } from '@playwright/test';
import { expect, journal, test } from './launch.ts';

const asked = (app: ElectronApplication) => app.evaluate(() => globalThis.asked);
const windows = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('the app is asked about navigations the page starts, and may refuse them', async ({ app, page }) => {
  await page.getByRole('link', { name: 'elsewhere' }).click();
  await page.getByRole('link', { name: 'mail' }).click();
  await page.getByRole('link', { name: 'other page' }).click();
  await page.evaluate(() => location.assign('/other.html'));
  await page.evaluate(() => location.reload());
  await expect
    .poll(async () => (await asked(app)).navigations)
    .toEqual([
      'https://example.com/',
      'mailto:a@example.com',
      'app://fixture/other.html',
      'app://fixture/other.html',
      'app://fixture/index.html',
    ]);
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
  expect((await journal(app)).blockedRequests).toEqual([]);
});

test('the app is not asked about what main or a test starts, nor within the document', async ({
  app,
  page,
}) => {
  await page.reload();
  await page.getByRole('link', { name: 'part' }).click();
  await page.evaluate(() => history.pushState({}, '', '/pushed'));
  const url = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
  await expect.poll(url).toBe('app://fixture/pushed');
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.loadURL('app://fixture/other.html'),
  );
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
  expect((await asked(app)).navigations).toEqual([]);
});

test('an app that lets a navigation through goes there', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.removeAllListeners('will-navigate');
  });
  await page.getByRole('link', { name: 'other page' }).click();
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
  await page.evaluate(() => location.assign('https://example.com/'));
  await expect.poll(() => page.url()).toMatch(/^chrome-error:/);
  expect((await journal(app)).blockedRequests).toContain('https://example.com/');
});

test('redirects are followed and told of', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.loadURL('app://fixture/redirect'),
  );
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
  expect((await asked(app)).redirects).toEqual(['app://fixture/index.html']);
});

test('no new window opens, and the app is asked how one was wanted', async ({ app, page }) => {
  const link = page.getByRole('link', { name: 'new window' });
  await link.click();
  await link.click({ modifiers: ['Control'] });
  await link.click({ modifiers: ['Shift'] });
  await page.evaluate(() => void window.open('/other.html', 'named', 'width=200'));
  await expect
    .poll(async () => (await asked(app)).windows)
    .toEqual([
      'foreground-tab https://example.com/new',
      'background-tab https://example.com/new',
      'new-window https://example.com/new',
      'foreground-tab app://fixture/other.html',
    ]);
  expect(await windows(app)).toBe(1);
  await expect.poll(() => app.windows().length).toBe(1);
});

test('a load that fails rejects with the reason and is told of', async ({ app }) => {
  const failure = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const told: unknown[] = [];
    window.webContents.on('did-fail-load', (_event, code, reason, url) => told.push(code, reason, url));
    const error = await window.loadURL('https://example.com/').then(
      () => ({ message: 'loaded', code: '' }),
      ({ message, code }) => ({ message, code }),
    );
    return { ...error, told };
  });
  expect(failure).toEqual({
    message: "ERR_BLOCKED_BY_CLIENT (-20) loading 'https://example.com/'",
    code: 'ERR_BLOCKED_BY_CLIENT',
    told: [-20, 'ERR_BLOCKED_BY_CLIENT', 'https://example.com/'],
  });
});

test('a load that another one or the end of the window cuts short rejects, and harms nobody who does not look', async ({
  app,
}) => {
  const outcomes = await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const window = new BrowserWindow({ show: false });
    const reason = (load: Promise<void>) =>
      load.then(
        () => 'loaded',
        ({ code }) => code,
      );
    const first = window.loadURL('app://fixture/other.html?1');
    await window.loadURL('app://fixture/other.html?2');
    const closing = window.loadURL('app://fixture/other.html?3');
    const reasons = Promise.all([reason(first), reason(closing)]);
    window.loadURL('https://example.com/');
    window.destroy();
    await new Promise(done => setImmediate(done));
    return { reasons: await reasons, alive: ipcMain.listenerCount('note') };
  });
  expect(outcomes.alive).toBe(1);
  for (const reason of outcomes.reasons) expect(['ERR_ABORTED', 'ERR_FAILED', 'loaded']).toContain(reason);
  expect(outcomes.reasons[1]).not.toBe('loaded');
});
