import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../preload/contract.ts';
import { fillDisk, mountSmallDisk } from '../../rig/small-disk.ts';

const electron = vi.hoisted(() => {
  // Outside Electron its package gives the path of the binary, and electron-store takes the folder it is told.
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= '/nowhere';
  return { removed: [] as string[] };
});

vi.mock('electron', () => ({
  ipcMain: { removeAllListeners: (channel: string) => electron.removed.push(channel) },
}));

const { openSettings } = await import('../../../main/desktop/settings.ts');

const PREFERRED = { ...DEFAULT_PREFERENCES, lockAfterMinutes: 5, backupReminderDays: 7 };

let said = '';
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    said += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test.for(['full', 'read-only'] as const)(
  'settings on a %s disk are as they were, the app is told so, and they are kept once there is room',
  async (how, { skip }) => {
    const disk = mountSmallDisk();
    if (typeof disk === 'string') return skip(disk);
    const settings = openSettings(disk.folder);
    settings.keepPreferences(PREFERRED);
    const path = join(disk.folder, 'config.json');
    const before = readFileSync(path, 'utf8');
    if (how === 'full') fillDisk(disk);
    else disk.makeReadOnly();

    expect(settings.keepPreferences({ lockAfterMinutes: 60, backupReminderDays: 90 })).toEqual(PREFERRED);
    expect(said).toMatch(/^The settings were not kept: E(NOSPC|ROFS)\n$/);
    expect(settings.notices()).toEqual([{ kind: 'not-kept', why: 'refused', path }]);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(openSettings(disk.folder).preferences()).toEqual(PREFERRED);
    // The library takes away what it could not write in its own time.
    await vi.waitFor(() =>
      expect(readdirSync(disk.folder).filter(name => name.startsWith('config'))).toEqual(['config.json']),
    );

    if (how === 'full') disk.free();
    else disk.makeWritable();
    expect(settings.keepPreferences({ ...PREFERRED, backupReminderDays: 90 }).backupReminderDays).toBe(90);
    expect(settings.notices()).toEqual([]);
  },
);
