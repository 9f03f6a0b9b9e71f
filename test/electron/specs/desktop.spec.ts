import { expect, journal, test } from './launch.ts';

test('the clipboard is asynchronous, in memory, and takes text', async ({ app }) => {
  const seen = await app.evaluate(async ({ clipboard }) => {
    const empty = await clipboard.readText();
    const writing = clipboard.writeText('kept');
    const isPromise = writing instanceof Promise;
    await writing;
    const text = await clipboard.readText();
    const types = (await clipboard.read()).flatMap(item => item.types);
    clipboard.clear();
    return [empty, isPromise, text, types, await clipboard.readText(), await clipboard.has('text/plain')];
  });
  expect(seen).toEqual(['', true, 'kept', ['text/plain'], '', false]);
});

test('the clipboard takes several formats at once, raw ones among them', async ({ app }) => {
  const seen = await app.evaluate(async ({ clipboard, ClipboardItem }) => {
    const hint = 'electron application/osclipboard;format="x-kde-passwordManagerHint"';
    await clipboard.write([
      new ClipboardItem({
        'text/plain': 'token',
        'text/html': Promise.resolve('<b>token</b>'),
        [hint]: 'secret',
      }),
    ]);
    const [item] = await clipboard.read();
    const html = await item?.getType('text/html');
    const mark = await item?.getType(hint);
    const missing = await item?.getType('image/png').then(
      () => 'there',
      () => 'missing',
    );
    return [
      await clipboard.readText(),
      html instanceof Blob && (await html.text()),
      mark instanceof Blob && (await mark.text()),
      await clipboard.has(hint),
      missing,
      await clipboard.selection.readText(),
    ];
  });
  expect(seen).toEqual(['token', '<b>token</b>', 'secret', true, 'missing', '']);
});

test('dialogs throw until the test stubs them', async ({ app }) => {
  const open = app.evaluate(({ dialog }) => dialog.showOpenDialog({}));
  await expect(open).rejects.toThrow('the test must stub it');
  const chosen = await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/chosen'] });
    return dialog.showOpenDialog({});
  });
  expect(chosen.filePaths).toEqual(['/chosen']);
});

test('error boxes, notifications, opened files and the about panel are written down', async ({ app }) => {
  await app.evaluate(async ({ app, dialog, Notification, shell }) => {
    dialog.showErrorBox('Title', 'Content');
    if (Notification.isSupported()) new Notification({ title: 'Note', body: 'Body' }).show();
    await shell.openPath('/a/file');
    shell.showItemInFolder('/a/folder/file');
    app.setAboutPanelOptions({ applicationName: 'Fixture' });
  });
  expect(await journal(app)).toMatchObject({
    errorBoxes: [{ title: 'Title', content: 'Content' }],
    notifications: [{ title: 'Note', body: 'Body' }],
    openedPaths: ['/a/file'],
    itemsShownInFolder: ['/a/folder/file'],
    aboutPanel: { applicationName: 'Fixture' },
  });
  const outside = app.evaluate(({ shell }) => shell.openExternal('https://example.com/'));
  await expect(outside).rejects.toThrow("shell.openExternal('https://example.com/') would leave the app");
});

test('the theme source decides what pages prefer, now and after loading', async ({ app, page }) => {
  const prefersDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await prefersDark()).toBe(false);
  const told = await app.evaluate(({ nativeTheme }) => {
    let updates = 0;
    nativeTheme.on('updated', () => updates++);
    nativeTheme.themeSource = 'dark';
    nativeTheme.themeSource = 'dark';
    return [updates, nativeTheme.shouldUseDarkColors];
  });
  expect(told).toEqual([1, true]);
  await expect.poll(prefersDark).toBe(true);
  await page.reload();
  await expect.poll(prefersDark).toBe(true);
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'system';
  });
  await expect.poll(prefersDark).toBe(false);
});

test('tests can lock the screen and read the idle time', async ({ app }) => {
  const seen = await app.evaluate(({ powerMonitor }) => {
    const events: string[] = [];
    powerMonitor.on('lock-screen', () => events.push('locked'));
    powerMonitor.emit('lock-screen');
    return [events, powerMonitor.getSystemIdleTime(), powerMonitor.getSystemIdleState(60)];
  });
  expect(seen).toEqual([['locked'], 0, 'active']);
});

test('there is one display', async ({ app }) => {
  const seen = await app.evaluate(({ screen }) => {
    const primary = screen.getPrimaryDisplay();
    const same = screen.getDisplayMatching({ x: 0, y: 0, width: 1, height: 1 }).id === primary.id;
    return [screen.getAllDisplays().length, primary.workAreaSize, same];
  });
  expect(seen).toEqual([1, { width: 1920, height: 1080 }, true]);
});

test('what is not modelled throws, with a sentence that names it', async ({ app, page: _loaded }) => {
  const messages = await app.evaluate(electron => {
    const { app, BrowserWindow, clipboard, dialog, ipcMain, Menu, nativeTheme, session, shell } = electron;
    const [window] = BrowserWindow.getAllWindows();
    const attempts: (() => unknown)[] = [
      () => app.getGPUInfo('basic'),
      () => BrowserWindow.fromBrowserView,
      () => window?.setVibrancy('menu'),
      () => window?.webContents.print(),
      () => window?.webContents.session.cookies,
      () => Reflect.get(clipboard, 'readHTML'),
      () => dialog.showCertificateTrustDialog,
      () => Reflect.get(ipcMain, 'handlers'),
      () => Menu.sendActionToFirstResponder('copy:'),
      () => new BrowserWindow({ frame: false }),
      () => app.on('gpu-info-update', () => undefined),
      () => window?.on('swipe', () => undefined),
      () => nativeTheme.shouldDifferentiateWithoutColor,
      () => session.fromPath('/x'),
      () => shell.trashItem('/x'),
      () => Reflect.get(electron, 'inAppPurchase'),
      () => electron.safeStorage.isEncryptionAvailable(),
      () => new electron.Tray('/x'),
      () => electron.nativeImage.createEmpty().resize({ width: 1 }),
    ];
    return attempts.map(attempt => {
      try {
        attempt();
        return 'no error';
      } catch (error) {
        return error instanceof Error ? error.message.replace('electron stand-in: ', '') : 'not an error';
      }
    });
  });
  const subjects = [
    ...['app.getGPUInfo', 'BrowserWindow.fromBrowserView', 'BrowserWindow.setVibrancy', 'webContents.print'],
    ...['session.cookies', 'clipboard.readHTML', 'dialog.showCertificateTrustDialog', 'ipcMain.handlers'],
    ...[
      'Menu.sendActionToFirstResponder',
      'the BrowserWindow option frame',
      "the event 'gpu-info-update' of app",
    ],
    ...[
      "the event 'swipe' of BrowserWindow",
      'nativeTheme.shouldDifferentiateWithoutColor',
      'session.fromPath',
    ],
    ...['shell.trashItem', 'electron.inAppPurchase', 'safeStorage.isEncryptionAvailable', 'Tray'],
    'NativeImage.resize',
  ];
  expect(messages).toEqual(subjects.map(subject => `${subject} is not modelled`));
});
