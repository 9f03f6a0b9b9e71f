import { join } from 'node:path';
import { ROOT } from '../rig/run-tool.ts';
import { shellBlocks } from './shell-blocks.ts';

/** Pages whose commands are run, as they stand there. */
const PAGES = ['docs/handbook.md', 'README.md'];
const MOST = 3;

/** Command lines of a command that the pages have and that are run with them. */
export function examplesOf(path: string): readonly string[] {
  const lines = PAGES.flatMap(page =>
    shellBlocks(join(ROOT, page))
      .filter(({ notRun }) => notRun === undefined)
      .flatMap(({ code }) => code.split('\n')),
  ).map(line =>
    line
      .trim()
      .replace(/ +# .*$/, '')
      .replaceAll('npx keysmith', 'keysmith'),
  );
  const found = lines.filter(line => new RegExp(`(^|\\| )keysmith ${path}( |$)`).test(line));
  // One of each choice of options.
  const chosen = new Map(found.map(line => [(line.match(/ --[\w-]+/g) ?? []).sort().join(''), line]));
  return [...chosen.values()].slice(0, MOST);
}
