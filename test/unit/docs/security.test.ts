import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';

const SOURCES = ['main', 'preload', 'renderer'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(folder, name)),
);
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** What opens a connection. `node:net` also has what reads addresses, which opens none. */
const NETWORK =
  /from '(node:)?(http|https|http2|tls|dgram|dns|dns\/promises|inspector)'|import \{[^}]*\b(connect|createConnection|createServer|Socket)\b[^}]*\} from 'node:net'|\bfetch\(|\bnew (WebSocket|EventSource|XMLHttpRequest)\b|\bsendBeacon\(/;

it('has no source file that could open a network connection, as SECURITY.md says', () => {
  expect(SOURCES.length).toBeGreaterThan(500);
  expect(SOURCES.filter(path => NETWORK.test(read(path)))).toEqual([]);
});

it('names files in SECURITY.md that are there, and shows each class of marks where there is one', () => {
  const page = read('SECURITY.md');
  const named = [...page.matchAll(/`(?<path>(main|preload|renderer)\/[\w/-]+\.tsx?)`/g)].map(
    ({ groups }) => groups?.path ?? '',
  );
  expect(named.filter(path => !SOURCES.includes(join(path)))).toEqual([]);
  const classes = page.slice(page.indexOf('## What the code marks'));
  expect(named.filter(path => classes.includes(path) && !read(path).includes('SECURITY:'))).toEqual([]);
});
