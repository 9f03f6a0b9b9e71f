import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';
import { trackedFiles } from '../../rig/tracked-files.ts';

const MOST_LINES = 300;

it(`has no source file of more than ${MOST_LINES} lines`, () => {
  const sources = trackedFiles().filter(path => /\.(tsx?|css)$/.test(path));
  expect(sources.length).toBeGreaterThan(1000);
  const lengths = sources.map(path => [path, linesOf(path)] as const);
  expect(lengths.filter(([, lines]) => lines > MOST_LINES)).toEqual([]);
});

function linesOf(path: string): number {
  return readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length;
}
