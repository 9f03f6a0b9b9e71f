import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { display } from '../desktop/screen.ts';
import { StrictEmitter } from '../strict.ts';

const events =
  `ready-to-show show hide close closed focus blur minimize restore maximize unmaximize enter-full-screen
   leave-full-screen resize resized move moved will-resize will-move page-title-updated unresponsive
   responsive session-end query-session-end`.split(/\s+/);

interface Limits {
  readonly width: number;
  readonly height: number;
}

/**
 * Where a window is and what it looks like from outside. Headless Chromium has no real windows, so this is kept here;
 * a page only ever notices its size.
 */
export abstract class BaseWindow extends StrictEmitter {
  title: string;
  #bounds: Rectangle;
  #minimum: Limits;
  #maximum: Limits;
  #normal: Rectangle | undefined;
  #backgroundColor: string;
  #contentProtected = false;
  #fullScreen = false;
  #menuBarVisible = true;
  #resizable: boolean;

  constructor(options: BrowserWindowConstructorOptions) {
    super('BrowserWindow', events);
    const { width = 800, height = 600, minWidth = 0, minHeight = 0, maxWidth = 0, maxHeight = 0 } = options;
    this.title = options.title ?? 'Electron';
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF';
    this.#resizable = options.resizable ?? true;
    this.#minimum = { width: minWidth, height: minHeight };
    this.#maximum = { width: maxWidth, height: maxHeight };
    const {
      x = Math.round((display.size.width - width) / 2),
      y = Math.round((display.size.height - height) / 2),
    } = options;
    this.#bounds = this.#limit({ x, y, width, height });
  }

  /** Called after the size has changed. */
  protected abstract onResize(): void;

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    const after = this.#limit({ ...before, ...bounds });
    this.#bounds = after;
    if (after.width !== before.width || after.height !== before.height) {
      this.onResize();
      this.emit('resize');
      this.emit('resized');
    }
    if (after.x !== before.x || after.y !== before.y) {
      this.emit('move');
      this.emit('moved');
    }
  }
  #limit({ x, y, width, height }: Rectangle): Rectangle {
    const within = (value: number, low: number, high: number) =>
      Math.min(Math.max(value, low), high || Infinity);
    return {
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(within(width, this.#minimum.width, this.#maximum.width)),
      height: Math.round(within(height, this.#minimum.height, this.#maximum.height)),
    };
  }
  getNormalBounds(): Rectangle {
    return { ...(this.#normal ?? this.#bounds) };
  }
  /** Windows here have no frame: outside and inside are the same. */
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): number[] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setSize(width, height);
  }
  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    const { width, height } = this.#bounds;
    this.setPosition((display.size.width - width) / 2, (display.size.height - height) / 2);
  }
  getMinimumSize(): number[] {
    return [this.#minimum.width, this.#minimum.height];
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimum = { width, height };
    this.setBounds({});
  }
  isResizable(): boolean {
    return this.#resizable;
  }
  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }

  maximize(): void {
    if (this.#normal) return;
    this.#normal = this.#bounds;
    this.setBounds(display.workArea);
    this.emit('maximize');
  }
  unmaximize(): void {
    if (!this.#normal) return;
    const bounds = this.#normal;
    this.#normal = undefined;
    this.setBounds(bounds);
    this.emit('unmaximize');
  }
  isMaximized(): boolean {
    return this.#normal !== undefined;
  }
  setFullScreen(flag: boolean): void {
    if (flag === this.#fullScreen) return;
    this.#fullScreen = flag;
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }
  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  getTitle(): string {
    return this.title;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  getBackgroundColor(): string {
    return this.#backgroundColor;
  }
  setBackgroundColor(color: string): void {
    this.#backgroundColor = color;
  }
  isContentProtected(): boolean {
    return this.#contentProtected;
  }
  setContentProtection(enable: boolean): void {
    this.#contentProtected = enable;
  }
  isMenuBarVisible(): boolean {
    return this.#menuBarVisible;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.#menuBarVisible = visible;
  }
  setAutoHideMenuBar(_hide: boolean): void {}
  setIcon(_icon: unknown): void {}
  flashFrame(_flag: boolean): void {}
}
