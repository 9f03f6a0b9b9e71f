import { expect, test } from './launch.ts';

declare const api: {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  note(text: string): void;
  onNoted(callback: (value: unknown) => void): () => void;
};

test('arguments and results cross as structured clones', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const self: Record<string, unknown> = { name: 'self' };
    self.me = self;
    class Point {
      x = 1;
      getX = 2;
      method() {
        return this.x;
      }
    }
    const [when, map, set, bytes, big, zero, gap, error, point, same, proto] = (await api.invoke(
      'echo',
      new Date(86_400_000),
      new Map([['a', { b: 1 }]]),
      new Set([1, 'two']),
      new Uint8Array([1, 255]),
      12n,
      -0,
      undefined,
      new RangeError('far'),
      new Point(),
      self,
      JSON.parse('{"__proto__": {"polluted": true}}'),
    )) as [
      Date,
      Map<string, unknown>,
      Set<unknown>,
      Uint8Array,
      bigint,
      number,
      unknown,
      Error,
      object,
      typeof self,
      object,
    ];
    return {
      when: when.toISOString(),
      map: [...map],
      set: [...set],
      bytes: [...bytes],
      big: big === 12n,
      zero: Object.is(zero, -0),
      gap: gap === undefined,
      error: error instanceof RangeError && error.message,
      point: [Object.keys(point), 'method' in point],
      same: same.me === same,
      proto: [Object.keys(proto), 'polluted' in proto],
    };
  });
  expect(seen).toEqual({
    when: '1970-01-02T00:00:00.000Z',
    map: [['a', { b: 1 }]],
    set: [1, 'two'],
    bytes: [1, 255],
    big: true,
    zero: true,
    gap: true,
    error: 'far',
    point: [['x', 'getX'], false],
    same: true,
    proto: [['__proto__'], false],
  });
});

test('errors are worded as Electron words them', async ({ page }) => {
  const failure = (channel: string) =>
    page.evaluate(
      name =>
        api.invoke(name).then(
          () => 'none',
          error => `${error.name} | ${error.message}`,
        ),
      channel,
    );
  expect(await failure('type-error')).toBe(
    "Error | Error invoking remote method 'type-error': TypeError: kaput",
  );
  expect(await failure('missing')).toBe(
    "Error | Error invoking remote method 'missing': Error: No handler registered for 'missing'",
  );
  expect(await failure('uncloneable')).toBe(
    "Error | Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
  );
});

test('an argument that cannot be cloned is refused on either side', async ({ app, page }) => {
  // A plain object of functions would cross the bridge as callable references; a weak map cannot even do that.
  const fromPage = page.evaluate(() => api.invoke('echo', { callback: () => 1 }).then(() => 'sent', String));
  expect(await fromPage).toContain('An object could not be cloned.');
  const fromMain = app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send('x', () => 1),
  );
  await expect(fromMain).rejects.toThrow('Failed to serialize arguments');
  await app.evaluate(({ ipcMain }) => ipcMain.handle('proxied', () => new Proxy({}, {})));
  const proxied = page.evaluate(() => api.invoke('proxied').then(() => 'sent', String));
  expect(await proxied).toContain(
    "Error invoking remote method 'proxied': Error: An object could not be cloned.",
  );
});

test('the sender is known by its window, frame and app:// address', async ({ page }) => {
  await page.evaluate(() => history.pushState({}, '', '/some/route?q=1#part'));
  expect(await page.evaluate(() => api.invoke('sender'))).toEqual({
    id: 1,
    url: 'app://fixture/some/route?q=1#part',
    origin: 'app://fixture',
    parent: null,
    isTop: true,
  });
});

test('messages go both ways until the listener is removed', async ({ app, page }) => {
  const noted = await page.evaluate(
    () =>
      new Promise(resolve => {
        api.onNoted(value =>
          resolve({ ...(value as { text: string }), size: String((value as { size: bigint }).size) }),
        );
        api.note('hello');
      }),
  );
  expect(noted).toEqual({ text: 'hello', size: '10' });
  const count = await page.evaluate(async () => {
    let calls = 0;
    const stop = api.onNoted(() => calls++);
    stop();
    api.note('again');
    await api.invoke('echo');
    return calls;
  });
  expect(count).toBe(0);
  const second = app.evaluate(({ ipcMain }) => ipcMain.handle('echo', () => 1));
  await expect(second).rejects.toThrow("Attempted to register a second handler for 'echo'");
});

test('an answer goes to the document that asked', async ({ app, page }) => {
  await app.evaluate(({ ipcMain }) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    ipcMain.handle('late', () => promise);
    ipcMain.handle('now', async () => {
      resolve('late answer');
      await new Promise(done => setImmediate(done));
      return 'own answer';
    });
  });
  await page.evaluate(
    () => void api.invoke('late').then(value => Object.assign(globalThis, { stray: value })),
  );
  await page.reload();
  expect(await page.evaluate(() => api.invoke('now'))).toBe('own answer');
  expect(await page.evaluate(() => api.invoke('echo', Reflect.get(globalThis, 'stray') ?? 'none'))).toEqual([
    'none',
  ]);
});
