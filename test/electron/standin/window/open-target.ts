import { connection } from '../browser/browser.ts';
import type { CdpSession } from '../browser/cdp-connection.ts';
import { visible, waitingPage } from '../browser/chromium-switches.ts';
import type { Size } from './page.ts';

let waitingPageTaken = !visible;

/** Opens a blank page in a window of its own and attaches to it. */
export async function openTarget(size: Size): Promise<{ targetId: string; session: CdpSession }> {
  const { root } = connection();
  const targetId = (await takeWaitingPage(root)) ?? (await createTarget(root, size));
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  return { targetId, session: connection().session(sessionId) };
}

async function createTarget(root: CdpSession, { width, height }: Size): Promise<string> {
  const { targetId } = await root.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    width,
    height,
  });
  return targetId;
}

/** In visible mode, the plain window Chromium has started with, for the app's first window. */
async function takeWaitingPage(root: CdpSession): Promise<string | undefined> {
  if (waitingPageTaken) return undefined;
  waitingPageTaken = true;
  const { targetInfos } = await root.send('Target.getTargets');
  return targetInfos.find(({ type, url }) => type === 'page' && url === waitingPage)?.targetId;
}
