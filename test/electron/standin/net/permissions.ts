import type { Session } from 'electron';
import { connection } from '../browser/browser.ts';
import type { WebContents } from '../window/web-contents.ts';

type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

/** Electron's permission to the names Chromium's protocol has for it. */
const permissions: readonly (readonly [Permission, readonly string[]])[] = [
  ['clipboard-read', ['clipboard-read']],
  ['clipboard-sanitized-write', ['clipboard-write']],
  ['geolocation', ['geolocation']],
  ['idle-detection', ['idle-detection']],
  ['local-fonts', ['local-fonts']],
  ['media', ['camera', 'microphone']],
  ['midi', ['midi']],
  ['notifications', ['notifications']],
  ['persistent-storage', ['persistent-storage']],
  ['screen-wake-lock', ['screen-wake-lock']],
  ['window-management', ['window-management']],
];

/**
 * The app's answers to permission requests. Chromium's protocol does not tell when a page asks, so the handlers are
 * asked about every permission ahead, each time a window is about to load a page, and Chromium is told the answers.
 * Without handlers everything is granted, as in Electron: an app that forgets to deny is found out.
 */
export class Permissions {
  #check: CheckHandler | undefined;
  #request: RequestHandler | undefined;

  setCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler ?? undefined;
  }

  setRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler ?? undefined;
  }

  /** Settles every permission for the page that `contents` is about to load. */
  async settle(contents: WebContents, url: string, origin: string): Promise<void> {
    const settings = permissions.map(async ([permission, names]) => {
      const setting = (await this.#grants(contents, permission, url, origin)) ? 'granted' : 'denied';
      await Promise.all(
        names.map(name => connection().root.send('Browser.setPermission', { permission: { name }, setting })),
      );
    });
    await Promise.all(settings);
  }

  async #grants(
    contents: WebContents,
    permission: Permission,
    url: string,
    origin: string,
  ): Promise<boolean> {
    const details = { isMainFrame: true, requestingUrl: url };
    const asElectron = contents as unknown as Parameters<RequestHandler>[0];
    if (this.#check && !this.#check(asElectron, permission, origin, details)) return false;
    const request = this.#request;
    if (!request) return true;
    return new Promise(resolve => request(asElectron, permission, resolve, details));
  }
}
