import type { CdpSession } from '../browser/cdp-connection.ts';
import type { ErrorReason, Header, PausedRequest } from '../browser/cdp-protocol.ts';
import { journal } from '../journal.ts';
import { contentsByTarget, contentsOfFrame } from '../window/all-web-contents.ts';
import { isStray } from '../window/stray-targets.ts';
import { WebContents } from '../window/web-contents.ts';
import type { SchemeHandler } from './protocol.ts';
import { Session, sessionOf } from './session.ts';
import { policyToChromium, toApp, toChromium } from './url-mapping.ts';

type Answer = { readonly fail: ErrorReason } | { readonly response: Response };

let lastId = 0;

/**
 * Every request of every page, worker and pop-up comes through here. The app's protocol handler answers those for its
 * scheme; all others fail. Nothing reaches the network.
 */
export function answerRequests(root: CdpSession): void {
  root.on('Fetch.requestPaused', async paused => {
    const { requestId } = paused;
    const answer = await decide(paused);
    if ('fail' in answer) return root.tell('Fetch.failRequest', { requestId, errorReason: answer.fail });
    const { response } = answer;
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const responseHeaders = [...response.headers].map(toChromiumHeader);
    root.tell('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
  });
}

async function decide(paused: PausedRequest): Promise<Answer> {
  const { frameId, request, resourceType } = paused;
  const url = toApp(request.url);
  // Chromium asks for an icon of every page; Electron has no tab to show one in and does not.
  if (isStray(frameId) || (resourceType === 'Other' && url.endsWith('/favicon.ico')))
    return { fail: 'BlockedByClient' };
  const contents = contentsOfFrame(frameId);
  const isMainFrame = resourceType === 'Document' && contentsByTarget.has(frameId);
  if (isMainFrame && isRefused(paused, url)) return { fail: 'Aborted' };

  const session = contents?.session ?? sessionOf(undefined);
  const { handlers, requests } = Session.inside(session);
  const details = {
    id: ++lastId,
    url,
    method: request.method,
    resourceType: electronType(resourceType, isMainFrame),
  };
  const sender = contents ? { webContentsId: contents.id } : {};
  if (!(await requests.allows({ ...details, ...sender, timestamp: Date.now() })))
    return { fail: 'BlockedByClient' };

  const handler = handlers.handlerOf(url);
  if (handler) return ask(handler, url, request);
  journal.blockedRequests.push(url);
  return { fail: 'BlockedByClient' };
}

/** Whether the app has refused this document for a window. */
function isRefused({ frameId, redirectedRequestId }: PausedRequest, url: string): boolean {
  const contents = contentsByTarget.get(frameId);
  if (!contents) return false;
  const { navigations } = WebContents.inside(contents);
  return (
    navigations.takeRefusal(url) || (redirectedRequestId !== undefined && !navigations.allowsRedirect(url))
  );
}

async function ask(handler: SchemeHandler, url: string, request: PausedRequest['request']): Promise<Answer> {
  const { method, postDataEntries } = request;
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    toApp(value),
  ]);
  const body =
    postDataEntries && Buffer.concat(postDataEntries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
  try {
    const response = await handler(new Request(url, { method, headers, ...(body ? { body } : {}) }));
    if (response.type === 'error') return { fail: 'Failed' };
    return { response };
  } catch (error) {
    console.error(`electron stand-in: the protocol handler failed for ${url}:`, error);
    return { fail: 'Failed' };
  }
}

function toChromiumHeader([name, value]: [string, string]): Header {
  if (/^content-security-policy(-report-only)?$/i.test(name)) return { name, value: policyToChromium(value) };
  if (/^location$/i.test(name)) return { name, value: toChromium(value) };
  return { name, value };
}

/** Chromium's resource type in Electron's words. */
function electronType(type: string, isMainFrame: boolean): string {
  if (type === 'Document') return isMainFrame ? 'mainFrame' : 'subFrame';
  return type.charAt(0).toLowerCase() + type.slice(1);
}
