import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';

const PAGES = [
  ...readdirSync(ROOT).filter(name => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
];
const PICTURES = join(ROOT, 'docs/pictures');
/** What a page that is looked at in a browser may take to load, by picture. */
const MOST_BYTES = 220_000;

/** A page without its blocks of code, in which brackets are no links. */
function prose(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .replace(/`[^`\n]*`/g, code => code.replace(/[[\]]/g, ' '));
}

function linksOf(file: string): readonly string[] {
  return [...prose(file).matchAll(/\]\((?<to>[^)\s]+)\)/g)]
    .map(({ groups }) => groups?.to ?? '')
    .filter(to => !/^[a-z]+:/.test(to));
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = [...prose(file).matchAll(/^#{1,6} (?<text>.+)$/gm)].map(
    ({ groups }) => groups?.text ?? '',
  );
  return new Set(
    headings.map(text =>
      text
        .replace(/&\w+;/g, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Why a link leads nowhere; undefined when it leads somewhere. */
function wrongWith(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
  if (!existsSync(target)) return `${link}: there is no such file`;
  if (anchor === undefined || anchorsOf(target).has(anchor)) return undefined;
  return `${link}: there is no such heading`;
}

describe('the pages of the documentation', () => {
  it.each(PAGES)('%s links to files and headings that are there', page => {
    const wrong = linksOf(join(ROOT, page)).map(link => wrongWith(page, link));
    expect(wrong.filter(each => each !== undefined)).toEqual([]);
  });

  it('are all reached from README.md', () => {
    const seen = new Set(['README.md']);
    for (const page of seen)
      for (const link of linksOf(join(ROOT, page))) {
        const target = join(dirname(page), link.split('#')[0] ?? '');
        if (PAGES.includes(target)) seen.add(target);
      }
    expect(PAGES.filter(page => !seen.has(page))).toEqual([]);
  });

  it('show every picture there is, and none that is slow to load', () => {
    const shown = new Set(
      PAGES.flatMap(page => linksOf(join(ROOT, page)).map(link => resolve(ROOT, dirname(page), link))),
    );
    const pictures = readdirSync(PICTURES).map(name => join(PICTURES, name));
    expect(pictures.filter(path => !shown.has(path))).toEqual([]);
    expect(pictures.filter(path => statSync(path).size > MOST_BYTES)).toEqual([]);
  });
});
