import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** The system's clipboard, as far as Electron shows it. */
const system = vi.hoisted(() => ({ items: {} as Record<string, string> }));

vi.mock('electron', () => ({
  ClipboardItem: class {
    items: Record<string, string>;
    constructor(items: Record<string, string>) {
      this.items = items;
    }
  },
  clipboard: {
    write: async ([item]: { items: Record<string, string> }[]) => {
      system.items = item?.items ?? {};
    },
    readText: async () => system.items['text/plain'] ?? '',
    clear: () => {
      system.items = {};
    },
  },
}));

const { createSecretClipboard } = await import('../../../main/desktop/secret-clipboard.ts');

const CLIPBOARD_TIME = 30_000;
const THIRTY = () => 30;
const platform = process.platform;
const on = (name: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value: name });

beforeEach(() => {
  vi.useFakeTimers();
  system.items = {};
});
afterEach(() => {
  on(platform);
  vi.useRealTimers();
});

describe('a copied secret', () => {
  it('is cleared after 30 seconds, and the window is told', async () => {
    const cleared = vi.fn();
    const { copy } = createSecretClipboard(cleared, THIRTY);
    expect((await copy('secret')) - Date.now()).toBe(CLIPBOARD_TIME);
    await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME - 1);
    expect(system.items['text/plain']).toBe('secret');
    expect(cleared).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(system.items).toEqual({});
    expect(cleared).toHaveBeenCalledOnce();
  });

  it('is cleared after as many seconds as are preferred when it is copied', async () => {
    let seconds = 5;
    const { copy } = createSecretClipboard(
      () => undefined,
      () => seconds,
    );
    expect((await copy('secret')) - Date.now()).toBe(5000);
    seconds = 300;
    await vi.advanceTimersByTimeAsync(4999);
    expect(system.items['text/plain']).toBe('secret');
    await vi.advanceTimersByTimeAsync(1);
    expect(system.items).toEqual({});
  });

  it('is left alone when something else was copied meanwhile', async () => {
    const { copy } = createSecretClipboard(() => undefined, THIRTY);
    await copy('secret');
    system.items = { 'text/plain': 'mine' };
    await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME);
    expect(system.items['text/plain']).toBe('mine');
  });

  it('has its time anew when it is copied again', async () => {
    const { copy } = createSecretClipboard(() => undefined, THIRTY);
    await copy('first');
    await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME - 1000);
    await copy('second');
    await vi.advanceTimersByTimeAsync(1000);
    expect(system.items['text/plain']).toBe('second');
    await vi.advanceTimersByTimeAsync(CLIPBOARD_TIME);
    expect(system.items).toEqual({});
  });

  it('is cleared at once on quit, and nothing is cleared that was never copied', async () => {
    const { copy, clear } = createSecretClipboard(() => undefined, THIRTY);
    system.items = { 'text/plain': 'mine' };
    await clear();
    expect(system.items['text/plain']).toBe('mine');
    await copy('secret');
    await clear();
    expect(system.items).toEqual({});
  });

  it.each([
    [
      'win32',
      [
        'ExcludeClipboardContentFromMonitorProcessing',
        'CanIncludeInClipboardHistory',
        'CanUploadToCloudClipboard',
      ],
    ],
    ['darwin', ['org.nspasteboard.ConcealedType']],
    ['linux', ['x-kde-passwordManagerHint']],
  ] as const)('carries the marks of %s for clipboard histories', async (name, marks) => {
    on(name);
    await createSecretClipboard(() => undefined, THIRTY).copy('secret');
    expect(Object.keys(system.items)).toEqual([
      'text/plain',
      ...marks.map(mark => `electron application/osclipboard;format="${mark}"`),
    ]);
    if (name === 'win32') {
      // A DWORD of zero: neither in the history nor in the cloud.
      expect(Object.values(system.items).slice(1)).toEqual(['\0\0\0\0', '\0\0\0\0', '\0\0\0\0']);
    }
  });
});
