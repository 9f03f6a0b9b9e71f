import { originOf } from '../net/url-mapping.ts';
import { strictObject } from '../strict.ts';

/** The part of Electron's `WebFrameMain` that tells who sent a message. Only main frames have a preload here. */
export interface Frame {
  readonly url: string;
  readonly origin: string;
  readonly parent: null;
  readonly top: Frame;
  readonly processId: number;
  readonly routingId: number;
  readonly name: string;
  isDestroyed(): boolean;
}

/** The main frame at `url`. The two numbers only have to tell windows apart. */
export function mainFrame(url: string, webContentsId: number): Frame {
  const frame: Frame = strictObject('WebFrameMain', {
    url,
    origin: originOf(url),
    parent: null,
    get top(): Frame {
      return frame;
    },
    processId: webContentsId,
    routingId: 1,
    name: '',
    isDestroyed: () => false,
  });
  return frame;
}
