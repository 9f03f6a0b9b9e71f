import { createFromBuffer, type NativeImage } from '../desktop/native-image.ts';
import { nativeTheme } from '../desktop/native-theme.ts';
import { type Frame, mainFrame } from '../ipc/frame.ts';
import { eventMessage } from '../ipc/ipc-main.ts';
import { Session } from '../net/session.ts';
import { originOf } from '../net/url-mapping.ts';
import { preventableEvent } from '../preventable-event.ts';
import { markDestroyed, StrictEmitter } from '../strict.ts';
import { contentsBySubframe, contentsByTarget } from './all-web-contents.ts';
import { type ContentsState, contentsEvents, type Owner, relayEvents } from './contents-events.ts';
import { loadError } from './load-error.ts';
import { Navigations, type WindowOpenHandler } from './navigations.ts';
import { Page } from './page.ts';

export interface Preferences {
  readonly preload: string | undefined;
  readonly devTools: boolean;
  readonly session: Session;
  /** What the page is first shown with. */
  readonly zoomFactor: number;
}

let lastId = 0;

/** Electron's `webContents`. */
export class WebContents extends StrictEmitter {
  readonly id = ++lastId;
  readonly session: Session;
  readonly #owner: Owner;
  readonly #page: Page;
  readonly #navigations: Navigations;
  readonly #hasDevTools: boolean;
  readonly #state: ContentsState = {
    title: '',
    crashed: false,
    destroyed: false,
    loading: false,
    devToolsOpened: false,
    ignoresMenuShortcuts: false,
  };
  #zoom = 1;
  readonly #prefer = (): void => this.#page.prefer(nativeTheme.themeSource.replace('system', ''));

  constructor(owner: Owner, { session, preload, devTools, zoomFactor }: Preferences) {
    super('webContents', contentsEvents);
    this.#owner = owner;
    this.#hasDevTools = devTools;
    this.session = session;
    this.#page = new Page(owner.contentSize(), preload);
    this.#navigations = new Navigations(this, this.#page);
    relayEvents(this, this.#page, this.#state, owner);
    if (zoomFactor !== 1) this.setZoomFactor(zoomFactor);
    nativeTheme.on('updated', this.#prefer);
  }

  loadURL(url: string): Promise<void> {
    const load = this.#load(url);
    // A rejection the app does not look at must not end the process; `did-fail-load` tells of it as well.
    load.catch(() => undefined);
    return load;
  }

  async #load(url: string): Promise<void> {
    this.#state.loading = true;
    this.emit('did-start-loading');
    try {
      await Session.inside(this.session).permissions.settle(this, url, originOf(url));
      await this.#page.load(url);
    } catch (error) {
      const failure = loadError(error, url);
      this.emit('did-fail-load', preventableEvent({}), failure.errno, failure.code, url, true, 1, 1);
      throw failure;
    } finally {
      this.#state.loading = false;
      this.emit('did-stop-loading');
    }
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page.deliver(eventMessage(channel, args));
  }
  get mainFrame(): Frame {
    return mainFrame(this.#page.url, this.id);
  }
  getURL(): string {
    return this.#page.url;
  }
  getTitle(): string {
    return this.#state.title;
  }
  getType(): 'window' {
    return 'window';
  }
  isLoading(): boolean {
    return this.#state.loading;
  }
  isLoadingMainFrame(): boolean {
    return this.#state.loading;
  }
  isCrashed(): boolean {
    return this.#state.crashed;
  }
  isDestroyed(): boolean {
    return this.#state.destroyed;
  }
  isFocused(): boolean {
    return this.#owner.isFocused();
  }
  focus(): void {
    this.#owner.focus();
  }
  reload(): void {
    this.#page.reload(false);
  }
  reloadIgnoringCache(): void {
    this.#page.reload(true);
  }
  forcefullyCrashRenderer(): void {
    this.#page.crash();
  }
  close(): void {
    this.#owner.destroy();
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#navigations.windowOpenHandler = handler;
  }
  setIgnoreMenuShortcuts(ignore: boolean): void {
    this.#state.ignoresMenuShortcuts = ignore;
  }
  /** Chromium is told at its start already that WebRTC may not open sockets. */
  setWebRTCIPHandlingPolicy(_policy: string): void {}
  async setVisualZoomLevelLimits(_minimum: number, _maximum: number): Promise<void> {}
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.#page.evaluate(code, userGesture);
  }
  async capturePage(): Promise<NativeImage> {
    return createFromBuffer(await this.#page.screenshot());
  }

  getZoomFactor(): number {
    return this.#zoom;
  }
  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoom = factor;
    this.#page.resize(this.#owner.contentSize(), factor);
  }
  /** One level is a fifth larger or smaller; 0 is the original size. */
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }
  get zoomFactor(): number {
    return this.getZoomFactor();
  }
  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }
  get zoomLevel(): number {
    return this.getZoomLevel();
  }
  set zoomLevel(level: number) {
    this.setZoomLevel(level);
  }

  /** Developer tools are only remembered as open; a window made with `devTools: false` never opens them. */
  openDevTools(): void {
    if (!this.#hasDevTools || this.#state.devToolsOpened) return;
    this.#state.devToolsOpened = true;
    this.emit('devtools-opened');
  }
  closeDevTools(): void {
    if (!this.#state.devToolsOpened) return;
    this.#state.devToolsOpened = false;
    this.emit('devtools-closed');
  }
  toggleDevTools(): void {
    if (this.#state.devToolsOpened) this.closeDevTools();
    else this.openDevTools();
  }
  isDevToolsOpened(): boolean {
    return this.#state.devToolsOpened;
  }

  /** The parts its window and the network gate need and Electron does not show. */
  static inside(contents: WebContents): { page: Page; navigations: Navigations; destroy: () => void } {
    return { page: contents.#page, navigations: contents.#navigations, destroy: () => contents.#destroy() };
  }

  #destroy(): void {
    this.#state.destroyed = true;
    nativeTheme.off('updated', this.#prefer);
    for (const known of [contentsByTarget, contentsBySubframe]) {
      for (const [id, contents] of known) if (contents === this) known.delete(id);
    }
    this.#page.close();
    this.emit('destroyed');
    markDestroyed(this);
  }
}
