/**
 * Chromium cannot be taught a privileged scheme over its debugging protocol. A page `app://keysmith/x` is therefore
 * shown at `https://keysmith.app.localhost/x`, where nothing listens: the request is answered before it leaves
 * Chromium. Such a page has what a standard, secure scheme has: an origin of its own, `'self'` in its policy, a secure
 * context. Everything the main process sees is mapped back.
 */

const schemes = new Set<string>();

/** Declares that `scheme://host/…` is to be mapped. */
export function mapScheme(scheme: string): void {
  schemes.add(scheme);
}

/** `app://host/path` as Chromium knows it; any other URL as it is. */
export function toChromium(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/is.exec(url) ?? [];
  return schemes.has(scheme)
    ? `https://${host}.${scheme}.localhost${rest.startsWith('/') ? '' : '/'}${rest}`
    : url;
}

/** Whether a URL is one the app serves and Chromium has never heard of. */
export function isMapped(url: string): boolean {
  return toChromium(url) !== url;
}

/** The inverse of `toChromium`, also within `blob:` URLs. */
export function toApp(url: string): string {
  const [, prefix = '', host = '', scheme = '', rest = ''] =
    /^(blob:)?https:\/\/([^/?#:]+)\.([a-z0-9+-]+)\.localhost(.*)$/is.exec(url) ?? [];
  return schemes.has(scheme) ? `${prefix}${scheme}://${host}${rest}` : url;
}

/** The origin of a URL of the app, which `URL.origin` calls `null` for schemes it does not know. */
export function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i.exec(url)?.[0] ?? 'null';
}

/** A Content-Security-Policy with its `app:` sources mapped, so that it means the same to Chromium. */
export function policyToChromium(policy: string): string {
  return [...schemes].reduce(
    (text, scheme) =>
      text
        .replaceAll(
          new RegExp(`(?<=^|[\\s;,])${scheme}://([^\\s;,/]+)`, 'g'),
          `https://$1.${scheme}.localhost`,
        )
        .replaceAll(
          new RegExp(`(?<=^|[\\s;,])${scheme}:(?=[\\s;,]|$)`, 'g'),
          `https://*.${scheme}.localhost`,
        ),
    policy,
  );
}
