import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

export const APP_ORIGIN = 'app://keysmith';
export const APP_URL = `${APP_ORIGIN}/index.html`;

/** What the build wrote into the page where a nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Makes `app://` a secure origin of its own; must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer from `folder`, and nothing else, to one session. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle('app', async request => {
    const path = pathOf(request.url, folder);
    const type = path && TYPES[extname(path)];
    if (!path || !type || request.method !== 'GET') return notFound();
    try {
      const nonce = randomBytes(16).toString('base64');
      const body = await readFile(path);
      const isPage = type === TYPES['.html'];
      return new Response(
        isPage ? body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : new Uint8Array(body),
        {
          headers: {
            'content-type': type,
            'content-security-policy': contentSecurityPolicy(nonce),
            'x-content-type-options': 'nosniff',
            'cross-origin-opener-policy': 'same-origin',
            'cross-origin-resource-policy': 'same-origin',
            'referrer-policy': 'no-referrer',
            'cache-control': 'no-store',
          },
        },
      );
    } catch {
      return notFound();
    }
  });
}

/** SECURITY: nothing from outside, no inline script, no eval, no connection; styles only by file or this page's nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** The file behind a URL, or undefined for whatever is not inside `folder`. */
export function pathOf(url: string, folder: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'app:' || parsed.host !== 'keysmith') return undefined;
  let name: string;
  try {
    name = decodeURIComponent(parsed.pathname);
  } catch {
    return undefined;
  }
  const path = normalize(join(folder, name));
  // SECURITY: `..` in any spelling must not leave the folder.
  return path.startsWith(normalize(folder) + sep) && !name.includes('\0') && !name.includes('\\')
    ? path
    : undefined;
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
