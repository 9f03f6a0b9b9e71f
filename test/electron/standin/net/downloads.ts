import type { CdpSession } from '../browser/cdp-connection.ts';
import { preventableEvent } from '../preventable-event.ts';
import { notModelled, strictObject } from '../strict.ts';
import { contentsOfFrame } from '../window/all-web-contents.ts';
import { toApp } from './url-mapping.ts';

/** Tells the app of downloads. Chromium is told to deny them all, so an app that wants one finds out. */
export function refuseDownloads(root: CdpSession): void {
  root.on('Browser.downloadWillBegin', ({ frameId, url, suggestedFilename }) => {
    const contents = contentsOfFrame(frameId);
    if (!contents) return;
    let cancelled = false;
    const item = strictObject('DownloadItem', {
      getURL: () => toApp(url),
      getFilename: () => suggestedFilename,
      cancel: () => {
        cancelled = true;
      },
    });
    const event = preventableEvent({});
    contents.session.emit('will-download', event, item, contents);
    if (!event.defaultPrevented && !cancelled)
      console.error(notModelled('a download that the app does not prevent').message);
  });
}
