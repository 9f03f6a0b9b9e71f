import { expect, test } from './launch.ts';

test('size and place are kept, limited and told of', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  expect(await window.evaluate(w => w.getBounds())).toMatchObject({ width: 900, height: 640 });
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 640]);
  const told = await window.evaluate(w => {
    const events: string[] = [];
    w.on('resize', () => events.push('resize'));
    w.on('move', () => events.push('move'));
    w.setBounds({ x: 10, y: 20 });
    w.setSize(700, 500);
    w.setSize(700, 500);
    w.setSize(1, 1);
    return { events, bounds: w.getBounds(), size: w.getSize(), minimum: w.getMinimumSize() };
  });
  expect(told).toEqual({
    events: ['move', 'resize', 'resize'],
    bounds: { x: 10, y: 20, width: 400, height: 300 },
    size: [400, 300],
    minimum: [400, 300],
  });
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([400, 300]);
});

test('a maximised window remembers its size', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  const seen = await window.evaluate(w => {
    w.maximize();
    const large = { maximized: w.isMaximized(), width: w.getSize()[0], normal: w.getNormalBounds().width };
    w.unmaximize();
    return { large, width: w.getSize()[0], maximized: w.isMaximized() };
  });
  expect(seen).toEqual({
    large: { maximized: true, width: 1920, normal: 900 },
    width: 900,
    maximized: false,
  });
});

test('ready-to-show comes before show, and the focus goes where it is sent', async ({ app, page }) => {
  const first = await app.browserWindow(page);
  await expect.poll(() => first.evaluate(w => [w.isVisible(), w.isFocused()])).toEqual([true, true]);
  const told = await app.evaluate(async ({ BrowserWindow }) => {
    const events: string[] = [];
    const [one] = BrowserWindow.getAllWindows();
    const two = new BrowserWindow({ show: false });
    for (const event of ['blur', 'focus'] as const)
      one?.on(event as 'blur', () => events.push(`one ${event}`));
    for (const event of ['ready-to-show', 'show', 'hide', 'focus', 'blur', 'minimize', 'restore']) {
      two.on(event as 'blur', () => events.push(`two ${event}`));
    }
    await two.loadURL('app://fixture/other.html');
    events.push(`visible ${two.isVisible()}`);
    two.show();
    two.minimize();
    events.push(`minimized ${two.isMinimized()}, focused ${BrowserWindow.getFocusedWindow() === one}`);
    two.restore();
    two.hide();
    return events;
  });
  expect(told).toEqual([
    'two ready-to-show',
    'visible false',
    'two show',
    'one blur',
    'two focus',
    'two minimize',
    'two blur',
    'one focus',
    'minimized true, focused true',
    'two restore',
    'one blur',
    'two focus',
    'two hide',
    'two blur',
    'one focus',
  ]);
});

test('content protection, colours and titles are kept', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  await expect.poll(() => window.evaluate(w => w.getTitle())).toBe('Fixture page');
  await page.evaluate(() => {
    document.title = 'Changed';
  });
  await expect.poll(() => window.evaluate(w => w.webContents.getTitle())).toBe('Changed');
  const seen = await window.evaluate(w => {
    const before = w.isContentProtected();
    w.setContentProtection(true);
    w.setBackgroundColor('#102030');
    return [before, w.isContentProtected(), w.getBackgroundColor()];
  });
  expect(seen).toEqual([false, true, '#102030']);
});

test('a listener on close may keep the window', async ({ app, page }) => {
  const kept = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.once('close', event => event.preventDefault());
    window?.close();
    return new Promise(resolve => setImmediate(() => resolve(BrowserWindow.getAllWindows().length)));
  });
  expect(kept).toBe(1);
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
});

test('a closed window is gone: closed is told, its methods throw, the others stay', async ({ app, page }) => {
  const seen = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const { webContents } = window;
    const loading = window.loadURL('app://fixture/other.html');
    await loading;
    const closed = new Promise(resolve => window.once('closed', () => resolve('closed')));
    window.close();
    const atOnce = window.isDestroyed();
    const message = (act: () => unknown) => {
      try {
        return act();
      } catch (error) {
        return String(error);
      }
    };
    return [
      atOnce,
      await closed,
      window.isDestroyed(),
      webContents.isDestroyed(),
      message(() => window.getBounds()),
      message(() => webContents.send('x')),
      BrowserWindow.getAllWindows().length,
    ];
  });
  const gone = 'TypeError: Object has been destroyed';
  expect(seen).toEqual([false, 'closed', true, true, gone, gone, 1]);
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
});

test('a window the page or the test closes is closed for the app too', async ({ app, page }) => {
  const count = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const open = async () => {
    const [window] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate(({ BrowserWindow }) =>
        new BrowserWindow({ show: false }).loadURL('app://fixture/other.html'),
      ),
    ]);
    await window.waitForURL(/other\.html$/);
    return window;
  };
  const one = await open();
  await one.close();
  await expect.poll(count).toBe(1);
  const two = await open();
  await two.evaluate(() => window.close()).catch(() => undefined);
  await expect.poll(count).toBe(1);
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
});

test('zooming in leaves the page fewer, larger pixels', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  const level = await window.evaluate(w => {
    w.webContents.setZoomFactor(1.5);
    return [w.webContents.getZoomFactor(), Math.round(w.webContents.getZoomLevel() * 100) / 100];
  });
  expect(level).toEqual([1.5, 2.22]);
  await expect.poll(() => page.evaluate(() => [innerWidth, devicePixelRatio])).toEqual([600, 1.5]);
});

test('a window may begin zoomed, and hears of the mouse wheel', async ({ app, page: _loaded }) => {
  const seen = await app.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { zoomFactor: 1.25 } });
    const asked: string[] = [];
    window.webContents.on('zoom-changed', (_event, direction) => asked.push(direction));
    window.webContents.emit('zoom-changed', {}, 'in');
    const factor = window.webContents.getZoomFactor();
    window.destroy();
    return [factor, asked];
  });
  expect(seen).toEqual([1.25, ['in']]);
});

test('a crashed page is told of and can be loaded again', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  const told = await window.evaluate(async w => {
    const gone = new Promise<string>(resolve =>
      w.webContents.once('render-process-gone', (_event: unknown, details: { reason: string }) =>
        resolve(details.reason),
      ),
    );
    w.webContents.forcefullyCrashRenderer();
    const reason = await gone;
    const crashed = w.webContents.isCrashed();
    const loaded = new Promise(resolve => w.webContents.once('did-finish-load', resolve));
    w.webContents.reload();
    await loaded;
    const heading = await w.webContents.executeJavaScript('document.querySelector("h1").textContent');
    return { reason, crashed, after: w.webContents.isCrashed(), heading };
  });
  expect(told).toEqual({ reason: 'crashed', crashed: true, after: false, heading: 'Fixture' });
});

test('developer tools stay shut in a window made without them', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  const opened = await window.evaluate(w => {
    w.webContents.openDevTools();
    return w.webContents.isDevToolsOpened();
  });
  expect(opened).toBe(false);
});

test('a picture of the page can be taken', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  expect(await window.evaluate(async w => (await w.webContents.capturePage()).getSize())).toEqual({
    width: 900,
    height: 640,
  });
});
