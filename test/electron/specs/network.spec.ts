import { type AddressInfo, createServer } from 'node:net';
import { expect, journal, test } from './launch.ts';

/** A page without a policy, so that only the stand-in's own gate is in the way. */
const openPage = (url: string) => url.replace('index.html', 'other.html');

test('the protocol handler sees requests as Electron gives them', async ({ page }) => {
  const echo = await page.evaluate(async () =>
    (await fetch('/echo?a=1', { method: 'POST', body: 'sent' })).json(),
  );
  expect(echo).toEqual({
    url: 'app://fixture/echo?a=1',
    method: 'POST',
    body: 'sent',
    origin: 'app://fixture',
  });
  expect(await page.evaluate(async () => (await fetch('/missing')).status)).toBe(404);
  expect(
    await page.evaluate(() =>
      fetch('/broken').then(
        () => 'answered',
        () => 'failed',
      ),
    ),
  ).toBe('failed');
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
});

test("the page's policy holds, with app: sources in it", async ({ page }) => {
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(1, 2, 3)');
  expect(await page.evaluate(() => Reflect.get(globalThis, 'inlineRan'))).toBeUndefined();
  const violation = await page.evaluate(
    () =>
      new Promise(resolve => {
        document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective));
        const image = document.createElement('img');
        image.src = '/picture.png';
        document.body.append(image);
      }),
  );
  expect(violation).toBe('img-src');
});

test('workers are served too', async ({ page }) => {
  const answer = await page.evaluate(
    () =>
      new Promise(resolve => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(message);
      }),
  );
  expect(answer).toEqual({ status: 200, outside: 'blocked' });
});

test('nothing but app:// is reached: not by page, beacon, socket or WebRTC', async ({ app, page }) => {
  const connections: string[] = [];
  const server = createServer(socket => {
    connections.push('tcp');
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;

  await page.goto(openPage(page.url()));
  const outcomes = await page.evaluate(async port => {
    const request = (url: string) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'blocked',
      );
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    const socketOutcome = new Promise(resolve => {
      socket.onopen = () => resolve('reached');
      socket.onerror = () => resolve('blocked');
    });
    navigator.sendBeacon('https://example.com/beacon');
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
    while (peer.iceGatheringState !== 'complete') {
      await new Promise(resolve => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
    }
    const candidates = peer.localDescription?.sdp.match(/a=candidate/g)?.length ?? 0;
    return [
      await request('https://example.com/fetch'),
      await request(`http://127.0.0.1:${port}/`),
      await request('file:///etc/hostname'),
      await socketOutcome,
      candidates,
    ];
  }, port);
  server.close();
  expect(outcomes).toEqual(['blocked', 'blocked', 'blocked', 'blocked', 0]);
  expect(connections).toEqual([]);
  await expect.poll(async () => (await journal(app)).blockedRequests).toContain('https://example.com/beacon');
  expect((await journal(app)).blockedRequests).toContain('https://example.com/fetch');
});

test('webRequest.onBeforeRequest is asked about each request it filters for', async ({ app, page }) => {
  await app.evaluate(({ session }) => {
    const filter = { urls: ['app://fixture/echo*'] };
    session.defaultSession.webRequest.onBeforeRequest(filter, ({ url, method }, answer) => {
      answer({ cancel: url.includes('cancelled') && method === 'GET' });
    });
  });
  const attempt = (url: string) =>
    page.evaluate(
      url =>
        fetch(url).then(
          () => 'answered',
          () => 'cancelled',
        ),
      url,
    );
  expect(await attempt('/echo?cancelled')).toBe('cancelled');
  expect(await attempt('/echo?kept')).toBe('answered');
  expect(await attempt('/style.css?cancelled')).toBe('answered');
});

test('permissions are what the handlers say', async ({ page, app }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'clipboard-read'] as PermissionName[];
    const asked = await Promise.all(names.map(name => navigator.permissions.query({ name })));
    return [...asked.map(({ state }) => state), await Notification.requestPermission()];
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  await app.evaluate(({ session }) => {
    session.defaultSession.setPermissionCheckHandler(
      (_contents, permission) => permission === 'notifications',
    );
    session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
      answer(permission === 'notifications');
    });
  });
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.loadURL('app://fixture/other.html'),
  );
  await page.waitForURL(/other\.html$/);
  expect(await page.evaluate(() => Notification.permission)).toBe('granted');
  expect(
    await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state),
  ).toBe('denied');
});

test.describe('an app that sets no permission handlers', () => {
  test.use({ env: { FIXTURE_GRANTS: '1' } });
  test('grants everything, as on Electron, so that its tests find it out', async ({ page }) => {
    const state = await page.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    );
    expect(state).toBe('granted');
  });
});

test('downloads are announced and refused', async ({ app, page }) => {
  await page.getByRole('link', { name: 'download' }).click();
  const downloads = () => app.evaluate(() => globalThis.asked.downloads);
  await expect.poll(downloads).toEqual(['app://fixture/download x.txt']);
});

test('schemes are declared before ready, handled after, and once', async ({ app }) => {
  const attempt = (act: 'register' | 'again' | 'unknown' | 'unhandled') =>
    app.evaluate(({ protocol, session }, act) => {
      const handler = () => new Response('x');
      if (act === 'register') protocol.registerSchemesAsPrivileged([{ scheme: 'late' }]);
      else if (act === 'again') session.defaultSession.protocol.handle('app', handler);
      else if (act === 'unknown') protocol.handle('other', handler);
      else protocol.unhandle('other');
    }, act);
  await expect(attempt('register')).rejects.toThrow('should be called before app is ready');
  await expect(attempt('again')).rejects.toThrow('Failed to register protocol: app');
  await expect(attempt('unknown')).rejects.toThrow('a scheme not registered as privileged, is not modelled');
  await expect(attempt('unhandled')).rejects.toThrow('Failed to unhandle protocol: other');
});
