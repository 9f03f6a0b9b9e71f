import { expect, test } from './launch.ts';

declare const api: {
  add(a: number, b: number): number;
  call(callback: (value: unknown) => unknown, value: unknown): unknown;
  fail(): never;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  readonly values: { list: unknown[]; when: Date; bytes: Uint8Array; nothing: undefined };
  readonly process: Record<string, unknown>;
};
declare const refused: Record<string, { message?: string }>;

test('the page has neither Node nor what the preload keeps to itself', async ({ page }) => {
  const names = [
    'require',
    'process',
    'Buffer',
    'module',
    'global',
    'onlyInPreload',
    'electron',
    'ipcRenderer',
  ];
  const types = await page.evaluate(list => list.map(name => typeof Reflect.get(globalThis, name)), names);
  expect(types).toEqual(names.map(() => 'undefined'));
  const own = await page.evaluate(() =>
    Object.keys(globalThis).filter(name => /post_|deliver_|standin/i.test(name)),
  );
  expect(own).toEqual([]);
});

test('the exposed API is there before the page runs, and frozen', async ({ page }) => {
  expect(await page.evaluate(() => Reflect.get(globalThis, 'apiBeforeScripts'))).toBe('object');
  const changed = await page.evaluate(() => [
    Reflect.set(api, 'add', 1),
    Reflect.set(globalThis, 'api', 1),
    Reflect.deleteProperty(globalThis, 'api'),
    Reflect.set(api.values.list, 0, 'changed'),
  ]);
  expect(changed).toEqual([false, false, false, false]);
});

test('functions, callbacks, values and errors cross the bridge at once', async ({ page }) => {
  const seen = await page.evaluate(() => {
    let thrown: unknown;
    try {
      api.fail();
    } catch (error) {
      thrown = error instanceof RangeError && error.message;
    }
    const { list, when, bytes } = api.values;
    return {
      sum: api.add(2, 3),
      called: api.call(value => ({ got: value }), [1, { two: 2 }]),
      thrown,
      values: [list, when instanceof Date && when.getTime(), bytes instanceof Uint8Array && [...bytes]],
      keys: Object.keys(api.values),
      process: api.process,
    };
  });
  expect(seen).toEqual({
    sum: 5,
    called: { got: [1, { two: 2 }] },
    thrown: 'too far',
    values: [[1, { two: 2 }], 0, [1, 2]],
    keys: ['list', 'when', 'bytes', 'nothing'],
    process: { type: 'renderer', sandboxed: true, platform: process.platform },
  });
});

test('the preload may require only electron, and of that only what is modelled', async ({ page }) => {
  const messages = await page.evaluate(() =>
    Object.fromEntries(Object.entries(refused).map(([name, { message }]) => [name, message ?? 'allowed'])),
  );
  expect(messages).toEqual({
    fs: 'module not found: node:fs (a sandboxed preload may require only electron)',
    file: 'module not found: ./other.cjs (a sandboxed preload may require only electron)',
    shell: 'electron stand-in: electron.shell is not modelled in the preload',
    sendSync: 'electron stand-in: ipcRenderer.sendSync is not modelled in the preload',
    again: 'Cannot bind an API on top of an existing property on the window object',
    symbol: 'A symbol cannot cross the context bridge',
  });
});

test('frames and pop-ups inside the page get no API', async ({ page }) => {
  const inFrame = await page.evaluate(
    () =>
      new Promise(resolve => {
        const frame = document.createElement('iframe');
        frame.onload = () => resolve(typeof Reflect.get(frame.contentWindow ?? {}, 'api'));
        document.body.append(frame);
      }),
  );
  expect(inFrame).toBe('undefined');
});

test('a page that replaces built-ins does not reach into the preload', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const stolen: unknown[] = [];
    Object.assign(globalThis, { CustomEvent: class {}, Promise: class {} });
    EventTarget.prototype.dispatchEvent = function steal(event) {
      stolen.push(event);
      return true;
    };
    return { sum: api.add(1, 1), stolen: stolen.length };
  });
  expect(seen).toEqual({ sum: 2, stolen: 0 });
});

test('windows that weaken the page are refused', async ({ app, page: _loaded }) => {
  const attempt = (webPreferences: object) =>
    app.evaluate(
      ({ BrowserWindow }, preferences) => void new BrowserWindow({ webPreferences: preferences }),
      webPreferences,
    );
  await expect(attempt({ sandbox: false })).rejects.toThrow('a window with sandbox: false is refused');
  await expect(attempt({ contextIsolation: false })).rejects.toThrow('contextIsolation: false is refused');
  await expect(attempt({ nodeIntegration: true })).rejects.toThrow('nodeIntegration: true is refused');
  await expect(attempt({ webSecurity: false })).rejects.toThrow('webSecurity: false is refused');
  await expect(attempt({ webviewTag: true })).rejects.toThrow('webviewTag: true is refused');
  await expect(attempt({ offscreen: true })).rejects.toThrow('the web preference offscreen is not modelled');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a preload that cannot be read is reported, and the window opens without its API', async ({ app }) => {
  const report = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload: '/nowhere/preload.cjs' } });
    const failed = new Promise<string>(resolve => {
      window.webContents.on('preload-error', (_event, _path, error) => resolve(error.message));
    });
    await window.loadURL('app://fixture/other.html');
    return { message: await failed, api: await window.webContents.executeJavaScript('typeof api') };
  });
  expect(report.message).toContain('/nowhere/preload.cjs');
  expect(report.api).toBe('undefined');
});
