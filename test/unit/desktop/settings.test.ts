import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LAYOUT, DEFAULT_PREFERENCES } from '../../../preload/contract.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const electron = vi.hoisted(() => {
  // Outside Electron its package gives the path of the binary, and electron-store takes the folder it is told.
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= '/nowhere';
  return { removed: [] as string[] };
});

vi.mock('electron', () => ({
  ipcMain: { removeAllListeners: (channel: string) => electron.removed.push(channel) },
}));

const { openSettings } = await import('../../../main/desktop/settings.ts');

const LAYOUT = { columns: { owner: false, hint: true }, widths: { name: 240.5 } };

let said = '';
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    said += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const config = (folder: string) => join(folder, 'config.json');

describe('the settings', () => {
  it('keep the layout, also for the next start', () => {
    const folder = temporaryFolder();
    const settings = openSettings(folder);
    expect(settings.layout()).toEqual(DEFAULT_LAYOUT);
    settings.keepLayout(LAYOUT);
    expect(settings.layout()).toEqual(LAYOUT);
    expect(openSettings(folder).layout()).toEqual(LAYOUT);
    expect(JSON.parse(readFileSync(config(folder), 'utf8'))).toEqual({ version: 1, layout: LAYOUT });
    expect(said).toBe('');
  });

  it('make no folder where there is none any more', () => {
    const folder = join(temporaryFolder(), 'moved away');
    const settings = openSettings(folder);
    settings.keepLayout(LAYOUT);
    expect(settings.layout()).toEqual(DEFAULT_LAYOUT);
    expect(existsSync(folder)).toBe(false);
  });

  it('are readable by their owner alone', () => {
    const folder = temporaryFolder();
    openSettings(folder).keepLayout(LAYOUT);
    expect(modeOf(config(folder))).toBe('600');
  });

  it('take away the channel on which the library would answer pages', () => {
    electron.removed.length = 0;
    openSettings(temporaryFolder()).layout();
    expect(electron.removed).toContain('electron-store-get-data');
  });

  it.each([
    '{"layout":',
    '{"layout":{"columns":{},"widths":{}},"prefer',
    'no JSON',
    '\0\0\0',
    '',
    '"text"',
    '[]',
    'null',
    '7',
    '{"layout":7}',
    '{"layout":{"columns":{"name":1},"widths":{}}}',
    '{"layout":{"columns":{},"widths":{"name":1}}}',
    '{"layout":{"columns":{},"widths":{},"token":"x"}}',
    '{"preferences":{"theme":"pink"}}',
    '{"preferences":{"clipboardSeconds":0}}',
    '{"window":{"x":"far"}}',
    '{"zoom":50}',
    '{"version":"1"}',
  ])('that hold %j are set aside, and all is as at first', text => {
    const folder = temporaryFolder();
    writeFileSync(config(folder), text);
    const told = vi.fn();
    const settings = openSettings(folder, told);
    expect(settings.layout()).toEqual(DEFAULT_LAYOUT);
    expect(settings.preferences()).toEqual(DEFAULT_PREFERENCES);
    expect(settings.notices()).toEqual([
      { kind: 'set-aside', why: 'damaged', path: `${config(folder)}.damaged` },
    ]);
    expect(told).toHaveBeenCalledOnce();
    settings.keepLayout(LAYOUT);
    expect(openSettings(folder).layout()).toEqual(LAYOUT);
    expect(readFileSync(`${config(folder)}.damaged`, 'utf8')).toBe(text);
    expect(said).toContain('The settings cannot be read');
  });

  it('of a newer Keysmith are set aside, and said to be its', () => {
    const folder = temporaryFolder();
    const text = '{"version":2,"preferences":{"theme":{"name":"sepia"}}}';
    writeFileSync(config(folder), text);
    const settings = openSettings(folder);
    expect(settings.preferences()).toEqual(DEFAULT_PREFERENCES);
    expect(settings.notices()).toMatchObject([{ kind: 'set-aside', why: 'newer' }]);
    expect(readFileSync(`${config(folder)}.damaged`, 'utf8')).toBe(text);
  });

  it('of the first Keysmith, which had fewer, are kept, and what they lack is as at first', () => {
    const folder = temporaryFolder();
    const before = { lockAfterMinutes: 3, backupReminderDays: 7 };
    writeFileSync(config(folder), JSON.stringify({ preferences: before, bundles: { a: '/b' } }));
    const settings = openSettings(folder);
    expect(settings.preferences()).toEqual({ ...DEFAULT_PREFERENCES, ...before });
    expect(settings.bundlePath('a')).toBe('/b');
    expect(settings.notices()).toEqual([]);
  });

  it('change by what is given, and leave the rest', () => {
    const settings = openSettings(temporaryFolder());
    settings.keepPreferences({ theme: 'dark', exportFolder: '/exports' });
    const kept = settings.keepPreferences({ theme: undefined, clipboardSeconds: 60 });
    expect(kept).toEqual({
      ...DEFAULT_PREFERENCES,
      ...{ theme: 'dark', exportFolder: '/exports', clipboardSeconds: 60 },
    });
  });

  it('keep where the window was, and how large the page is shown', () => {
    const folder = temporaryFolder();
    const place = { x: -10, y: 20, width: 1000, height: 700, maximized: true };
    const settings = openSettings(folder);
    expect([settings.windowPlace(), settings.zoom()]).toEqual([undefined, 1]);
    settings.keepWindowPlace(place);
    settings.keepZoom(1.25);
    const again = openSettings(folder);
    expect([again.windowPlace(), again.zoom()]).toEqual([place, 1.25]);
  });

  it('that were set aside before stay beside those that are set aside now', () => {
    const folder = temporaryFolder();
    for (const text of ['first', 'second', 'third']) {
      writeFileSync(config(folder), text);
      openSettings(folder).layout();
    }
    const aside = ['.damaged', '.damaged-2', '.damaged-3'].map(end =>
      readFileSync(config(folder) + end, 'utf8'),
    );
    expect(aside).toEqual(['first', 'second', 'third']);
  });

  it('that are read-only stay as they are, which is said at once and after each change', () => {
    const folder = temporaryFolder();
    openSettings(folder).keepPreferences({ theme: 'light' });
    chmodSync(config(folder), 0o400);
    const before = readFileSync(config(folder), 'utf8');
    const told = vi.fn();
    const settings = openSettings(folder, told);
    expect(settings.preferences().theme).toBe('light');
    const notice = { kind: 'not-kept', why: 'read-only', path: config(folder) };
    expect(settings.notices()).toEqual([notice]);
    settings.dismiss('not-kept');
    settings.preferences();
    expect(settings.notices()).toEqual([]);
    expect(settings.keepPreferences({ theme: 'dark' }).theme).toBe('light');
    expect(settings.notices()).toEqual([notice]);
    expect(readFileSync(config(folder), 'utf8')).toBe(before);
    chmodSync(config(folder), 0o600);
    expect(settings.keepPreferences({ theme: 'dark' }).theme).toBe('dark');
    expect(settings.notices()).toEqual([]);
    expect(told).toHaveBeenCalledTimes(4);
  });

  it('leave what else stands in the file', () => {
    const folder = temporaryFolder();
    writeFileSync(config(folder), '{"other":{"a":1}}');
    openSettings(folder).keepLayout(LAYOUT);
    expect(JSON.parse(readFileSync(config(folder), 'utf8'))).toEqual({
      other: { a: 1 },
      version: 1,
      layout: LAYOUT,
    });
  });

  it('are the default, and say why, where nothing can be written', () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');
    const settings = openSettings(folder);
    settings.keepLayout(LAYOUT);
    expect(settings.layout()).toEqual(DEFAULT_LAYOUT);
    expect(said).toMatch(/The settings (cannot be read|were not kept): E[A-Z]+\n/);
    expect(readFileSync(folder, 'utf8')).toBe('');
  });

  it('set aside a folder that stands in their place', () => {
    const folder = temporaryFolder();
    mkdirSync(config(folder));
    const settings = openSettings(folder);
    settings.keepLayout(LAYOUT);
    expect(settings.layout()).toEqual(LAYOUT);
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'config.json.damaged']);
  });
});
