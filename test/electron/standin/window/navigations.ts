import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron';
import { mainFrame } from '../ipc/frame.ts';
import { type PreventableEvent, preventableEvent } from '../preventable-event.ts';
import type { NavigationRequest, Page } from './page.ts';
import type { WebContents } from './web-contents.ts';

export type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

const withoutFragment = (url: string): string => url.replace(/#.*$/s, '');

/**
 * Asks the app before a page goes elsewhere or opens a window. Chromium tells of a navigation the page has started
 * before it requests the document, so the app is asked at once and its answer kept until the request comes. Navigations
 * that main or a test starts are not told of, which is right: Electron does not ask about those either.
 */
export class Navigations {
  readonly #contents: WebContents;
  #refused: string | undefined;
  windowOpenHandler: WindowOpenHandler | undefined;

  constructor(contents: WebContents, page: Page) {
    this.#contents = contents;
    page.on('navigation-requested', request => {
      if (request.disposition === 'currentTab') this.#askToNavigate(request);
      else if (request.disposition !== 'download') this.#askToOpen(request.url, '', '', request.disposition);
    });
    page.on('window-open', ({ url, windowName, windowFeatures }) =>
      this.#askToOpen(url, windowName, windowFeatures.join(), 'popup'),
    );
  }

  /** @returns whether the app has refused the navigation this request for a document belongs to. Answers once. */
  takeRefusal(url: string): boolean {
    if (this.#refused !== withoutFragment(url)) return false;
    this.#refused = undefined;
    return true;
  }

  /** @returns whether the app lets a redirect of the main frame through. */
  allowsRedirect(url: string): boolean {
    return !this.#ask('will-redirect', url).defaultPrevented;
  }

  #askToNavigate({ url, unknownToChromium }: NavigationRequest): void {
    const event = this.#ask('will-navigate', url);
    this.#refused = event.defaultPrevented ? withoutFragment(url) : undefined;
    // Chromium knows nothing of the app's scheme: a full `app://` link gets nowhere unless it is followed here.
    if (!event.defaultPrevented && unknownToChromium) void this.#contents.loadURL(url);
  }

  #ask(name: string, url: string): PreventableEvent {
    const frame = mainFrame(this.#contents.getURL(), this.#contents.id);
    const event = preventableEvent({
      url,
      isSameDocument: false,
      isMainFrame: true,
      frame,
      initiator: frame,
    });
    this.#contents.emit(name, event, url, false, true, frame.processId, frame.routingId);
    return event;
  }

  #askToOpen(
    url: string,
    frameName: string,
    features: string,
    how: NavigationRequest['disposition'] | 'popup',
  ): void {
    const disposition =
      how === 'newTab' ? 'background-tab' : how === 'newWindow' ? 'new-window' : 'foreground-tab';
    const referrer = { url: '', policy: 'strict-origin-when-cross-origin' } as const;
    const answer = this.windowOpenHandler?.({ url, frameName, features, disposition, referrer });
    if (answer?.action === 'deny') return;
    console.error(
      `electron stand-in: opening a window for ${url} is not modelled; setWindowOpenHandler must deny it`,
    );
  }
}
