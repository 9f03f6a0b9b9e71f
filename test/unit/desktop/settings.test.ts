import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LAYOUT } from '../../../preload/layout.ts';
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
    expect(JSON.parse(readFileSync(config(folder), 'utf8'))).toEqual({ layout: LAYOUT });
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

  it.each(['{"layout":', 'no JSON', '\0\0\0', ''])('that hold %j are set aside', text => {
    const folder = temporaryFolder();
    writeFileSync(config(folder), text);
    const settings = openSettings(folder);
    expect(settings.layout()).toEqual(DEFAULT_LAYOUT);
    settings.keepLayout(LAYOUT);
    expect(openSettings(folder).layout()).toEqual(LAYOUT);
    expect(readFileSync(`${config(folder)}.damaged`, 'utf8')).toBe(text);
    expect(said).toContain('The settings cannot be read');
  });

  it.each([
    '"text"',
    '[]',
    'null',
    '7',
    '{"layout":7}',
    '{"layout":{"columns":{"name":1},"widths":{}}}',
    '{"layout":{"columns":{},"widths":{"name":1}}}',
    '{"layout":{"columns":{},"widths":{},"token":"x"}}',
  ])('that say %s are the default, until a layout is kept', text => {
    const folder = temporaryFolder();
    writeFileSync(config(folder), text);
    const settings = openSettings(folder);
    expect(settings.layout()).toEqual(DEFAULT_LAYOUT);
    settings.keepLayout(LAYOUT);
    expect(settings.layout()).toEqual(LAYOUT);
  });

  it('leave what else stands in the file', () => {
    const folder = temporaryFolder();
    writeFileSync(config(folder), '{"other":{"a":1}}');
    openSettings(folder).keepLayout(LAYOUT);
    expect(JSON.parse(readFileSync(config(folder), 'utf8'))).toEqual({ other: { a: 1 }, layout: LAYOUT });
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
