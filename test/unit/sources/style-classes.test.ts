import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';
import { trackedFiles } from '../../rig/tracked-files.ts';

const FILES = trackedFiles().filter(path => path.startsWith('renderer/'));
const SHEETS = FILES.filter(path => path.endsWith('.module.css'));

/** A sheet without what has dots and is no class: comments, names of other sheets. */
const rulesOf = (sheet: string) => read(sheet).replace(/\/\*[\s\S]*?\*\/|"[^"\n]*"/g, '');
const used = [...usedByComponents(), ...usedByComposing()];

describe('the classes of the stylesheets', () => {
  it.each(SHEETS)('%s defines those that are used, and no other', sheet => {
    const defined = [...rulesOf(sheet).matchAll(/\.(?<name>[a-z]\w*)/gi)].map(
      ({ groups }) => groups?.name ?? '',
    );
    const wanted = used.filter(each => each.sheet === sheet).map(({ name }) => name);
    expect([...new Set(defined)].toSorted()).toEqual([...new Set(wanted)].toSorted());
  });
});

interface UsedClass {
  readonly sheet: string;
  readonly name: string;
}

/** `classes.name`, where `classes` is what was imported from the sheet. */
function usedByComponents(): readonly UsedClass[] {
  return FILES.filter(path => /\.tsx?$/.test(path)).flatMap(path => {
    const text = read(path);
    const imports = text.matchAll(/^import (?<as>\w+) from '(?<from>[^']+\.module\.css)';$/gm);
    return [...imports].flatMap(({ groups: { as = '', from = '' } = {} }) => {
      const sheet = join(dirname(path), from).replaceAll('\\', '/');
      const names = text.matchAll(new RegExp(`(?<![\\w./-])${as}\\.(?<name>\\w+)`, 'g'));
      return [...names].map(({ groups }) => ({ sheet, name: groups?.name ?? '' }));
    });
  });
}

/** `composes: name from "sheet"`. */
function usedByComposing(): readonly UsedClass[] {
  return SHEETS.flatMap(path =>
    [...read(path).matchAll(/composes: (?<name>\w+) from "(?<from>[^"]+)"/g)].map(
      ({ groups: { name = '', from = '' } = {} }) => ({
        sheet: join(dirname(path), from).replaceAll('\\', '/'),
        name,
      }),
    ),
  );
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
