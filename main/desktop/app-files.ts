import { join, normalize, sep } from 'node:path';

export const APP_ORIGIN = 'app://keysmith';
export const APP_URL = `${APP_ORIGIN}/index.html`;

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
  const isInside = path.startsWith(normalize(folder) + sep) && !path.endsWith(sep);
  return isInside && !name.includes('\0') && !name.includes('\\') ? path : undefined;
}
