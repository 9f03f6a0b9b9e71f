import type { Input } from 'electron';
import { matches, parseAccelerator } from '../standin/menu/accelerator.ts';
import { expect, journal, test } from './launch.ts';

test('accelerators choose the menu item, unless the page took the key or the item is off', async ({
  app,
  page,
}) => {
  const input = page.getByRole('textbox', { name: 'Text' });
  await input.focus();
  await page.keyboard.press('n');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Control+Shift+n');
  await page.keyboard.press('Control+n');
  await expect.poll(() => app.evaluate(() => globalThis.asked.chosen)).toEqual(['new']);
  await expect(input).toHaveValue('n');
});

test('roles work: zoom by key, editing by Chromium, quit by menu', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  const zoom = () => window.evaluate(w => Math.round(w.webContents.getZoomLevel() * 10) / 10);
  await page.keyboard.press('Control++');
  await expect.poll(zoom).toBe(0.5);
  await page.keyboard.press('Control+0');
  await expect.poll(zoom).toBe(0);
  const input = page.getByRole('textbox', { name: 'Text' });
  await input.fill('all of it');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(input).toHaveValue('');
  const closed = app.waitForEvent('close');
  await page.keyboard.press('Control+q').catch(() => undefined);
  await closed;
});

test('items are found by id and clicked with what the test gives', async ({ app, page: _loaded }) => {
  const seen = await app.evaluate(({ Menu, MenuItem, BrowserWindow }) => {
    const clicked: unknown[] = [];
    const check = new MenuItem({
      id: 'check',
      type: 'checkbox',
      label: 'Check',
      click: (item, window) => clicked.push(item.id, window?.id, item.checked),
    });
    const menu = Menu.buildFromTemplate([{ label: 'Top', submenu: [{ role: 'copy' }] }, check]);
    const found = menu.getMenuItemById('check');
    found?.click(undefined, BrowserWindow.getAllWindows()[0]);
    const [copy] = menu.items[0]?.submenu?.items ?? [];
    return {
      clicked,
      same: found === check,
      none: menu.getMenuItemById('none'),
      copy: [copy?.label, copy?.accelerator],
    };
  });
  expect(seen).toEqual({
    clicked: ['check', 1, true],
    same: true,
    none: null,
    copy: ['Copy', 'CommandOrControl+C'],
  });
});

test('menus that cannot be shown or made say so', async ({ app }) => {
  const attempt = (template: object) =>
    app.evaluate(({ Menu }, item) => void Menu.buildFromTemplate([item]), template);
  await expect(attempt({ role: 'services' })).rejects.toThrow('the menu role services is not modelled');
  await expect(attempt({ label: 'x', before: ['y'] })).rejects.toThrow(
    'the menu item option before is not modelled',
  );
  await expect(attempt({ label: 'x', accelerator: 'Hyper+X' })).rejects.toThrow(
    'Invalid accelerator: Hyper+X',
  );
  await expect(app.evaluate(({ Menu }) => new Menu().popup())).rejects.toThrow('the test must stub it');
});

test('before-input-event tells of every key and cannot hold one back', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  const keys = await window.evaluateHandle(w => {
    const seen: string[] = [];
    w.webContents.on('before-input-event', (event: Event, input: Input) => {
      seen.push(`${input.type} ${input.key} ${input.modifiers.join()}`);
      try {
        event.preventDefault();
      } catch (error) {
        if (input.type === 'keyDown')
          seen.push(String(error).includes('is not modelled') ? 'refused' : 'allowed');
      }
    });
    return seen;
  });
  await page.keyboard.press('Shift+A');
  await expect
    .poll(() => keys.jsonValue())
    .toEqual([
      'keyDown Shift shift',
      'refused',
      'keyDown A shift',
      'refused',
      'keyUp A shift',
      'keyUp Shift ',
    ]);
});

test('accelerators are read as Electron reads them', () => {
  expect(parseAccelerator('CmdOrCtrl+Shift+Plus')).toMatchObject({ key: '+', control: true, shift: true });
  expect(parseAccelerator('Alt+Esc')).toMatchObject({ key: 'escape', alt: true, control: false });
  const pressed = {
    type: 'keyDown',
    code: '',
    isAutoRepeat: false,
    isComposing: false,
    location: 0,
    modifiers: [],
  };
  const input = { ...pressed, key: '+', shift: true, control: true, alt: false, meta: false };
  expect(matches('Ctrl++', input)).toBe(true);
  expect(matches('Ctrl+N', { ...input, key: 'N' })).toBe(false);
  expect(matches('Ctrl+Shift+N', { ...input, key: 'N' })).toBe(true);
});

test('the role of the about panel shows it', async ({ app, page: _loaded }) => {
  await app.evaluate(({ app: electron, Menu }) => {
    electron.showAboutPanel();
    Menu.buildFromTemplate([{ role: 'about' }]).items[0]?.click();
  });
  expect((await journal(app)).aboutPanelsShown).toBe(2);
});
