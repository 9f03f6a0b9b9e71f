import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';

/** What Keysmith asks of Electron at its start, recorded. */
const asked = vi.hoisted(() => ({ windows: [] as Record<string, unknown>[], schemes: [] as unknown[] }));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    webContents = Object.assign(new Emitter(), { send: () => undefined });
    constructor(options: Record<string, unknown>) {
      super();
      asked.windows.push(options);
    }
    loadURL = async () => undefined;
    isDestroyed = () => false;
    close = () => this.emit('closed');
  }
  return {
    app: Object.assign(new Emitter(), { isPackaged: true }),
    BrowserWindow,
    screen: {
      getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
      getAllDisplays: () => [],
    },
    nativeTheme: { shouldUseDarkColors: false },
    protocol: { registerSchemesAsPrivileged: (schemes: unknown[]) => asked.schemes.push(...schemes) },
  };
});

const { app } = await import('electron');
const { registerAppScheme } = await import('../../../main/desktop/app-protocol.ts');
const { denyNavigation, lockDownSession } = await import('../../../main/desktop/lock-down.ts');
const { createMainWindow } = await import('../../../main/desktop/main-window.ts');

beforeEach(() => {
  asked.windows.length = 0;
  asked.schemes.length = 0;
});

describe('the window', () => {
  it('is sandboxed, isolated, without Node, without webview, and without developer tools when packaged', () => {
    createMainWindow({ session: {} as never, preload: '/preload.cjs', packaged: true, mustAsk: () => false });
    expect(asked.windows[0]?.webPreferences).toEqual({
      session: {},
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      zoomFactor: 1,
    });
  });

  it('asks before it closes while a secret waits, and only then', () => {
    const close = (mustAsk: boolean) => {
      const { window } = createMainWindow({
        session: {} as never,
        preload: '',
        packaged: true,
        mustAsk: () => mustAsk,
      });
      const event = { preventDefault: vi.fn() };
      window.emit('close', event as never);
      return event.preventDefault.mock.calls.length;
    };
    expect([close(true), close(false)]).toEqual([1, 0]);
  });
});

describe('the scheme', () => {
  it('is standard and secure, and bypasses no policy', () => {
    registerAppScheme();
    expect(asked.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });
});

describe('every page', () => {
  it('may neither navigate, redirect, attach a webview nor open a window', () => {
    denyNavigation();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
    app.emit('web-contents-created', {} as never, contents as never);
    for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { preventDefault: vi.fn() };
      contents.emit(name, event);
      expect(event.preventDefault, name).toHaveBeenCalledOnce();
    }
    const [[open]] = contents.setWindowOpenHandler.mock.calls as [[(details: unknown) => unknown]];
    expect(open({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  });
});

describe('the session', () => {
  it('grants nothing, downloads nothing, and lets only the app’s own requests pass', () => {
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    });
    lockDownSession(session as never);
    const answer = vi.fn();
    session.setPermissionRequestHandler.mock.calls[0]?.[0]({}, 'media', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(session.setPermissionCheckHandler.mock.calls[0]?.[0]({}, 'media')).toBe(false);
    const download = { preventDefault: vi.fn() };
    session.emit('will-download', download);
    expect(download.preventDefault).toHaveBeenCalledOnce();
    const cancelled = (url: string): boolean => {
      const decide = vi.fn();
      session.webRequest.onBeforeRequest.mock.calls[0]?.[0]({ url }, decide);
      return decide.mock.calls[0]?.[0].cancel;
    };
    expect(
      [
        'https://example.org/',
        'http://127.0.0.1/',
        'file:///etc/passwd',
        'app://other/x',
        'app://keysmith.evil/',
        'devtools://x/',
        'ws://x/',
      ].map(cancelled),
    ).not.toContain(false);
    expect(['app://keysmith/index.html', 'data:image/png;base64,'].map(cancelled)).not.toContain(true);
  });
});
