import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';
import { trackedFiles } from '../../rig/tracked-files.ts';

/** Of these the page names the folders in them. */
const NAMED_BY_PART = ['main', 'test'];

/** The folder that a file is in, as the page would name it; undefined for a file beside the folders. */
function folderOf(path: string): string | undefined {
  const [top = '', part, ...rest] = path.split('/');
  if (part === undefined) return undefined;
  if (!NAMED_BY_PART.includes(top)) return top;
  return rest.length === 0 ? undefined : `${top}/${part}`;
}

function namedFolders(): readonly string[] {
  const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const block = /^## Layout\n+```\n(?<lines>[\s\S]*?)^```$/m.exec(page)?.groups?.lines ?? '';
  return block
    .trimEnd()
    .split('\n')
    .map(line => line.split(/ {2,}/)[0] ?? '');
}

it('names in the layout of README.md every folder there is, and no other', () => {
  const folders = trackedFiles().map(folderOf);
  expect(namedFolders().toSorted()).toEqual(
    [...new Set(folders.filter(folder => folder !== undefined))].toSorted(),
  );
});
