import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { makeCloneCodec } from '../ipc/clone-codec.ts';
import { contextBridge } from './context-bridge.ts';
import { preloadWorld } from './preload-world.ts';
import { watchPage } from './watch-page.ts';

// Names no page can guess, for what the two worlds of a page and the main process call each other.
const token = randomBytes(8).toString('hex');

/** The isolated world's name; bindings and contexts are told apart by it. */
export const worldName = `preload-${token}`;
/** The function of that world that posts to the main process. */
export const outletName = `post_${token}`;
/** The function of that world that the main process calls. */
export const inletName = `deliver_${token}`;
const toPage = JSON.stringify(`to-page-${token}`);
const toPreload = JSON.stringify(`to-preload-${token}`);

/** Only the window's own document has a preload, as with Electron unless nodeIntegrationInSubFrames is on. */
const onlyMainFrame = (source: string): string => `if (window === window.top) {\n${source}\n}`;

/** Runs in the page's own world before its scripts: the page's end of the context bridge. */
export const pageScript = onlyMainFrame(`(${contextBridge})(${toPage}, ${toPreload});`);

/** Runs in the isolated world: the other end, and the preload. */
export function isolatedScript(preload: string | undefined): string {
  const { electron, node, chrome, v8 } = process.versions;
  return `${onlyMainFrame(`
    const native = globalThis.${outletName};
    delete globalThis.${outletName};
    const post = message => native(JSON.stringify({ ...message, url: location.href }));
    (${watchPage})(post);
    (${preloadWorld})({
      codec: (${makeCloneCodec})(),
      bridge: (${contextBridge})(${toPreload}, ${toPage}),
      post,
      inlet: ${JSON.stringify(inletName)},
      versions: ${JSON.stringify({ electron, node, chrome, v8 })},
      platform: ${JSON.stringify(process.platform)},
      preload(require, module, exports, process) {\n${preload === undefined ? '' : readPreload(preload)}\n},
    });`)}\n//# sourceURL=preload.js`;
}

/** A preload that cannot be read fails like one that throws: the window opens without its API. */
function readPreload(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return `throw new Error(${JSON.stringify(String(error))});`;
  }
}
