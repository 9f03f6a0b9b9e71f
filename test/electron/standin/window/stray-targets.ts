import type { CdpSession } from '../browser/cdp-connection.ts';

const strays = new Set<string>();

/** How long a stray may stay blank. */
const blankLimit = 500;

/**
 * Marks what Chromium opens on its own: pop-ups, and tabs of links clicked with Ctrl or Shift held. Electron opens no
 * window the app has not allowed. The stand-in's own windows start blank and without an opener.
 */
export function closeStrays(root: CdpSession): void {
  root.on('Target.targetCreated', ({ targetInfo: { type, targetId, openerId, url } }) => {
    if (type !== 'page' || !(openerId || /^(https?|blob|file):/.test(url))) return;
    strays.add(targetId);
    // One that is to stay blank makes no request to be refused at.
    setTimeout(() => root.tell('Target.closeTarget', { targetId }), blankLimit).unref();
  });
  root.on('Fetch.requestPaused', ({ frameId }) => {
    if (isStray(frameId)) root.tell('Target.closeTarget', { targetId: frameId });
  });
}

/**
 * Whether a request comes from a window that only Chromium opened. It is closed here and not when it appears: Playwright
 * holds new targets until it has prepared them, and closing one that it holds blocks the page that opened it.
 */
export function isStray(frameId: string): boolean {
  return strays.has(frameId);
}
