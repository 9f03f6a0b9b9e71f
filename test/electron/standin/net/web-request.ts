import { strictObject } from '../strict.ts';

export interface RequestDetails {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly timestamp: number;
  readonly webContentsId?: number;
}

type Verdict = (response: { readonly cancel?: boolean; readonly redirectURL?: string }) => void;
type Listener = (details: RequestDetails, callback: Verdict) => void;

/** `session.webRequest`, of which only `onBeforeRequest` is modelled. Electron keeps one listener; so does this. */
export class WebRequestGate {
  #listener: Listener | undefined;
  #patterns: RegExp[] = [];

  readonly webRequest = strictObject('session.webRequest', {
    onBeforeRequest: (
      filter: { readonly urls: readonly string[] } | Listener | null,
      listener?: Listener | null,
    ) => {
      this.#patterns = filter && 'urls' in filter ? filter.urls.map(toPattern) : [/^/];
      this.#listener = (typeof filter === 'function' ? filter : listener) ?? undefined;
    },
  });

  /** @returns whether the app's listener, if it has one for this URL, lets the request through. */
  async allows(details: RequestDetails): Promise<boolean> {
    const listener = this.#listener;
    if (!listener || !this.#patterns.some(pattern => pattern.test(details.url))) return true;
    const { cancel, redirectURL } = await new Promise<Parameters<Verdict>[0]>(resolve =>
      listener(details, resolve),
    );
    if (redirectURL !== undefined) {
      console.error('electron stand-in: redirectURL of webRequest.onBeforeRequest is not modelled');
      return false;
    }
    return cancel !== true;
  }
}

/** A Chrome match pattern, such as `*://*\/*` or `<all_urls>`, as a regular expression. */
function toPattern(pattern: string): RegExp {
  if (pattern === '<all_urls>') return /^/;
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
