import { EventEmitter } from 'node:events';
import { connection } from '../browser/browser.ts';
import type { CdpSession } from '../browser/cdp-connection.ts';
import type { Events } from '../browser/cdp-protocol.ts';
import { visible } from '../browser/chromium-switches.ts';
import type { MainMessage, Posted } from '../ipc/page-message.ts';
import { isMapped, toApp, toChromium } from '../net/url-mapping.ts';
import { inletName, isolatedScript, outletName, pageScript, worldName } from '../page/page-scripts.ts';
import { openTarget } from './open-target.ts';

interface PageEvents {
  /** Chromium has the page; the argument is its target ID. */
  opened: [targetId: string];
  subframe: [frameId: string];
  'navigation-requested': [NavigationRequest];
  'window-open': Events['Page.windowOpen'];
  committed: [url: string];
  'committed-in-page': [url: string];
  'dom-ready': [];
  loaded: [loaderId: string];
  crashed: [];
  /** A load comes to nothing, for this reason of Chromium's. */
  interrupted: [reason: string];
  /** Closed by Chromium, not by the app: `window.close()` in the page, or the user in visible mode. */
  gone: [];
  message: [message: Posted, contextId: number];
}

export interface NavigationRequest {
  readonly url: string;
  readonly disposition: 'currentTab' | 'newTab' | 'newWindow' | 'download';
  /** A full `app://` URL, which Chromium will not follow. */
  readonly unknownToChromium: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A page in Chromium: everything that `WebContents` needs from the debugging protocol. */
export class Page extends EventEmitter<PageEvents> {
  readonly #opened: Promise<CdpSession>;
  #targetId: string | undefined;
  #contextId: number | undefined;
  // Chromium's names for the document that is shown and the last one that was loaded to its end.
  #committed = '';
  #loaded = '';
  url = '';

  constructor(size: Size, preload: string | undefined) {
    super();
    this.#opened = this.#open(size, preload);
    this.#opened.catch(error => console.error('electron stand-in: a window could not be opened:', error));
  }

  async #open(size: Size, preload: string | undefined): Promise<CdpSession> {
    const script = isolatedScript(preload);
    const { targetId, session } = await openTarget(size);
    this.#targetId = targetId;
    this.emit('opened', targetId);
    this.#listen(session, targetId);
    await Promise.all([
      session.send('Page.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.addBinding', { name: outletName, executionContextName: worldName }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: script, worldName }),
      session.send('Runtime.enable'),
      this.#resize(session, size, 1),
    ]);
    return session;
  }

  #listen(session: CdpSession, mainFrame: string): void {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === worldName && context.auxData?.frameId === mainFrame) this.#contextId = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#contextId) this.#contextId = undefined;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#contextId = undefined;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== outletName) return;
      const posted: Posted = JSON.parse(payload);
      this.emit('message', { ...posted, url: toApp(posted.url) }, executionContextId);
    });
    session.on('Page.frameAttached', ({ frameId }) => this.emit('subframe', frameId));
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (frameId !== mainFrame) return;
      this.emit('navigation-requested', { url: toApp(url), disposition, unknownToChromium: isMapped(url) });
    });
    session.on('Page.windowOpen', opening =>
      this.emit('window-open', { ...opening, url: toApp(opening.url) }),
    );
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== mainFrame) return;
      this.url = toApp(frame.url + (frame.urlFragment ?? ''));
      this.#committed = frame.loaderId;
      this.emit('committed', this.url);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== mainFrame) return;
      this.url = toApp(url);
      this.emit('committed-in-page', this.url);
    });
    session.on('Page.domContentEventFired', () => this.emit('dom-ready'));
    session.on('Page.loadEventFired', () => {
      this.#loaded = this.#committed;
      this.emit('loaded', this.#loaded);
    });
    session.on('Inspector.targetCrashed', () => this.emit('crashed'));
    connection().root.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === mainFrame) this.emit('gone');
    });
  }

  /** Loads `url` to its end. @throws an error named after Chromium's reason when it cannot, or is cut short. */
  async load(url: string): Promise<void> {
    this.emit('interrupted', 'net::ERR_ABORTED');
    // Chromium may never answer for a page that goes away meanwhile, so the whole is a race.
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.once('interrupted', reason => reject(new Error(reason)));
    });
    await Promise.race([this.#navigate(url), interrupted]);
  }

  async #navigate(url: string): Promise<void> {
    const session = await this.#opened;
    const { errorText, loaderId } = await session.send('Page.navigate', { url: toChromium(url) });
    if (errorText) throw new Error(errorText);
    // Without a loader the page has only moved within its document.
    if (!loaderId || this.#loaded === loaderId) return;
    await new Promise<void>(resolve => {
      const check = (loaded: string): void => {
        if (loaded !== loaderId) return;
        this.off('loaded', check);
        resolve();
      };
      this.on('loaded', check);
    });
  }

  /** Hands a message to the preload's world: of the current document, or of the one that asked. */
  deliver(message: MainMessage, contextId = this.#contextId): void {
    if (contextId === undefined) return;
    void this.#tell(session =>
      session.send('Runtime.callFunctionOn', {
        functionDeclaration: `text => globalThis.${inletName}(text)`,
        arguments: [{ value: JSON.stringify(message) }],
        executionContextId: contextId,
      }),
    );
  }

  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const session = await this.#opened;
    const options = { awaitPromise: true, returnByValue: true, userGesture };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, ...options });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async screenshot(): Promise<Buffer> {
    const session = await this.#opened;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  reload(ignoreCache: boolean): void {
    void this.#tell(session => session.send('Page.reload', { ignoreCache }));
  }
  crash(): void {
    void this.#tell(session => session.send('Page.crash'));
  }
  /** @param scheme `light` or `dark`, or empty for the system's. */
  prefer(scheme: string): void {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    void this.#tell(session => session.send('Emulation.setEmulatedMedia', { features }));
  }
  resize(size: Size, zoom: number): void {
    void this.#tell(session => this.#resize(session, size, zoom));
  }
  bringToFront(): void {
    if (visible) void this.#tell(() => this.#sendToTarget('Target.activateTarget'));
  }
  close(): void {
    this.emit('interrupted', 'net::ERR_FAILED');
    void this.#tell(() => this.#sendToTarget('Target.closeTarget'));
  }

  /** Zooming in means fewer, larger CSS pixels, which is what a page sees of it in Electron too. */
  async #resize(session: CdpSession, { width, height }: Size, zoom: number): Promise<unknown> {
    if (visible) {
      const { root } = connection();
      const { windowId } = await root.send('Browser.getWindowForTarget', { targetId: this.#targetId ?? '' });
      return root.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
    }
    return session.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / zoom),
      height: Math.round(height / zoom),
      deviceScaleFactor: zoom,
      mobile: false,
    });
  }

  #sendToTarget(method: 'Target.activateTarget' | 'Target.closeTarget'): Promise<unknown> {
    return connection().root.send(method, { targetId: this.#targetId ?? '' });
  }

  /** A command that fails only because the page has gone meanwhile. */
  async #tell(command: (session: CdpSession) => Promise<unknown>): Promise<void> {
    await this.#opened.then(command).catch(() => undefined);
  }
}
