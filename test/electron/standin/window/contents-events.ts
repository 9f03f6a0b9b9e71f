import type { Input } from 'electron';
import { app } from '../app/app.ts';
import { nativeTheme } from '../desktop/native-theme.ts';
import { mainFrame } from '../ipc/frame.ts';
import { answerInvoke, receiveSend } from '../ipc/ipc-main.ts';
import type { Posted } from '../ipc/page-message.ts';
import { preventableEvent } from '../preventable-event.ts';
import { notModelled } from '../strict.ts';
import { contentsBySubframe, contentsByTarget } from './all-web-contents.ts';
import type { Page, Size } from './page.ts';
import type { WebContents } from './web-contents.ts';

/** The events an app may listen for on `webContents`. */
export const contentsEvents =
  `did-start-loading did-stop-loading did-finish-load did-fail-load dom-ready will-navigate
   will-frame-navigate will-redirect did-navigate did-navigate-in-page did-start-navigation
   did-create-window will-attach-webview did-attach-webview render-process-gone unresponsive responsive
   preload-error destroyed before-input-event context-menu page-title-updated will-prevent-unload
   devtools-opened devtools-closed select-bluetooth-device
   zoom-changed`.split(/\s+/);

/** What a page needs of the window around it. */
export interface Owner {
  contentSize(): Size;
  isFocused(): boolean;
  focus(): void;
  destroy(): void;
  onTitle(title: string): void;
  onReadyToShow(): void;
  /** A key the page has left alone. */
  onKey(input: Input): void;
}

/** What happens in the page and can be asked for afterwards. */
export interface ContentsState {
  title: string;
  crashed: boolean;
  destroyed: boolean;
  loading: boolean;
  devToolsOpened: boolean;
  ignoresMenuShortcuts: boolean;
}

/** Turns what Chromium tells about a page into the events of its `webContents`. */
export function relayEvents(contents: WebContents, page: Page, state: ContentsState, owner: Owner): void {
  page.once('opened', targetId => contentsByTarget.set(targetId, contents));
  page.once('gone', () => owner.destroy());
  page.on('subframe', frameId => contentsBySubframe.set(frameId, contents));
  page.on('committed', url => {
    state.crashed = false;
    // Playwright resets the page's media when it attaches; said again for each document, the app's word stands.
    if (nativeTheme.themeSource !== 'system') page.prefer(nativeTheme.themeSource);
    contents.emit('did-navigate', preventableEvent({}), url, 200, '');
  });
  page.on('committed-in-page', url =>
    contents.emit('did-navigate-in-page', preventableEvent({}), url, true, 1, 1),
  );
  page.on('dom-ready', () => contents.emit('dom-ready', preventableEvent({})));
  page.on('loaded', () => {
    contents.emit('did-finish-load', preventableEvent({}));
    owner.onReadyToShow();
  });
  page.on('crashed', () => {
    state.crashed = true;
    const details = { reason: 'crashed', exitCode: 1 };
    contents.emit('render-process-gone', preventableEvent({}), details);
    app.emit('render-process-gone', preventableEvent({}), contents, details);
  });
  page.on('message', async (message, contextId) => {
    const answer = await receive(message, contents, state, owner);
    if (answer) page.deliver(answer, contextId);
  });
}

async function receive(message: Posted, contents: WebContents, state: ContentsState, owner: Owner) {
  if (state.destroyed) return undefined;
  switch (message.kind) {
    case 'invoke':
      return answerInvoke(message, contents, mainFrame(message.url, contents.id));
    case 'send':
      receiveSend(message, contents, mainFrame(message.url, contents.id));
      return undefined;
    case 'title':
      state.title = message.title;
      owner.onTitle(message.title);
      return undefined;
    case 'preload-error':
      console.error(`Unable to load preload script: ${message.message}`);
      contents.emit('preload-error', preventableEvent({}), '', new Error(message.message));
      return undefined;
    case 'key':
      contents.emit('before-input-event', inputEvent(), message.input);
      if (isForMenu(message.input) && !message.handledByPage && !state.ignoresMenuShortcuts)
        owner.onKey(message.input);
      return undefined;
  }
}

const isForMenu = ({ type, isComposing }: Input): boolean => type === 'keyDown' && !isComposing;

function inputEvent(): object {
  const preventDefault = (): never => {
    throw notModelled('preventDefault() of before-input-event, which comes after the page has had the key,');
  };
  return { defaultPrevented: false, preventDefault };
}
