import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, pathOf } from './app-files.ts';

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

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
