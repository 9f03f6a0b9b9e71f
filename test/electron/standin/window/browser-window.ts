import type { BrowserWindowConstructorOptions, Input } from 'electron';
import { app, quitting, requireReady } from '../app/app.ts';
import type { NativeImage } from '../desktop/native-image.ts';
import { pressAccelerator } from '../menu/press-accelerator.ts';
import { Session, sessionOf } from '../net/session.ts';
import { preventableEvent } from '../preventable-event.ts';
import { markDestroyed } from '../strict.ts';
import { BaseWindow } from './base-window.ts';
import { focusedWindow, giveFocus, passFocusOn } from './focus.ts';
import { openWindows } from './open-windows.ts';
import type { Size } from './page.ts';
import { WebContents } from './web-contents.ts';
import { checkWindowOptions } from './window-options.ts';

let lastId = 0;

/** Electron's `BrowserWindow`: a window that shows one page. */
export class BrowserWindow extends BaseWindow {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  #visible = false;
  #minimized = false;
  #destroyed = false;
  #readyToShow = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    requireReady('Cannot create BrowserWindow');
    checkWindowOptions(options);
    super(options);
    const { preload, devTools = true, partition, session, zoomFactor = 1 } = options.webPreferences ?? {};
    const own = session instanceof Session ? session : sessionOf(partition);
    this.webContents = new WebContents(this.#asOwner(), {
      preload,
      devTools,
      session: own,
      zoomFactor,
    });
    openWindows.add(this);
    app.emit('web-contents-created', preventableEvent({}), this.webContents);
    app.emit('browser-window-created', preventableEvent({}), this);
    if (options.show ?? true) this.show();
  }

  #asOwner(): ConstructorParameters<typeof WebContents>[0] {
    return {
      contentSize: (): Size => this.getBounds(),
      isFocused: () => focusedWindow() === this,
      focus: () => this.focus(),
      destroy: () => this.#destroy(),
      onKey: (input: Input) => pressAccelerator(input, this),
      onReadyToShow: () => {
        if (!this.#readyToShow) this.emit('ready-to-show');
        this.#readyToShow = true;
      },
      onTitle: title => {
        const event = preventableEvent({});
        this.emit('page-title-updated', event, title, true);
        if (!event.defaultPrevented) this.setTitle(title);
      },
    };
  }

  static getAllWindows(): BrowserWindow[] {
    return [...openWindows];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focusedWindow() ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...openWindows].find(window => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return [...openWindows].find(window => window.id === id) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  reload(): void {
    this.webContents.reload();
  }
  capturePage(): Promise<NativeImage> {
    return this.webContents.capturePage();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.emit('hide');
    passFocusOn(this);
  }
  /** A window out of sight cannot have the focus. */
  focus(): void {
    if (!this.#visible || this.#minimized) return;
    WebContents.inside(this.webContents).page.bringToFront();
    giveFocus(this);
  }
  blur(): void {
    if (focusedWindow() === this) giveFocus(undefined);
  }
  minimize(): void {
    if (this.#minimized) return;
    this.#minimized = true;
    this.emit('minimize');
    passFocusOn(this);
  }
  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit('restore');
    this.focus();
  }
  moveTop(): void {
    WebContents.inside(this.webContents).page.bringToFront();
  }
  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isFocused(): boolean {
    return focusedWindow() === this;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** Asks first: a listener on `close` may keep the window, and with it an app that was about to quit. */
  close(): void {
    const event = preventableEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) quitting.callOff();
    // As in Electron the window is still there when close() returns.
    else setImmediate(() => this.#destroy());
  }
  destroy(): void {
    this.#destroy();
  }

  #destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    passFocusOn(this);
    openWindows.delete(this);
    WebContents.inside(this.webContents).destroy();
    this.emit('closed');
    markDestroyed(this);
    if (openWindows.size === 0) quitting.lastWindowClosed();
  }

  protected override onResize(): void {
    const { page } = WebContents.inside(this.webContents);
    page.resize(this.getBounds(), this.webContents.getZoomFactor());
  }
}
