/** Chromium's network errors as Electron reports them. https://source.chromium.org: net_error_list.h */
const numbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_INVALID_URL: -300,
};

export interface LoadError extends Error {
  readonly code: string;
  readonly errno: number;
  readonly url: string;
}

/** The error `loadURL` rejects with, such as `ERR_FAILED (-2) loading 'app://keysmith/'`. */
export function loadError(error: unknown, url: string): LoadError {
  const text = error instanceof Error ? error.message : String(error);
  const code = /ERR_\w+/.exec(text)?.[0] ?? 'ERR_FAILED';
  const errno = numbers[code] ?? -2;
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`, { cause: error }), {
    code,
    errno,
    url,
  });
}
