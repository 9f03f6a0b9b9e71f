import { statSync } from 'node:fs';

/** A file's permissions in octal; on Windows, which has none, those that Keysmith would set. */
export function modeOf(path: string): string {
  const stat = statSync(path);
  if (process.platform === 'win32') return stat.isDirectory() ? '700' : '600';
  return (stat.mode & 0o777).toString(8);
}
