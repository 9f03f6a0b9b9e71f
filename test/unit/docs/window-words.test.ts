import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';

const PAGES = ['handbook', 'tour', 'backup', 'importing', 'verifying', 'audit-log'];

const WINDOW = ['renderer', 'main/desktop']
  .flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .map(name => readFileSync(join(ROOT, folder, name), 'utf8')),
  )
  .join('\n')
  .replaceAll(/\s+/g, ' ');

/** Put together in the window from a word and a name. */
const PUT_TOGETHER: Readonly<Record<string, RegExp>> = {
  'Save trust.json…': /`Save \$\{FILES\[what\]\}…`/,
  'Save jwks.json…': /`Save \$\{FILES\[what\]\}…`/,
};

/** Emphasis that names nothing in the window: words that are explained, and beginnings of sentences. */
const NO_NAMES = /^(private|public|valid for|not saved|whole)$|^(The holder|Holders|Users) notices?$/;

/** What stands between single asterisks, step by step where it is a way through the window. */
function namesOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, `docs/${page}.md`), 'utf8')
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll('**', '');
  return [...text.matchAll(/(?<![\w*])\*(?<name>[^*\n]+)\*(?![\w*])/g)]
    .flatMap(({ groups }) => groups?.name?.split(' → ') ?? [])
    .filter(name => !NO_NAMES.test(name));
}

const isInWindow = (name: string) =>
  PUT_TOGETHER[name]?.test(WINDOW) ??
  ["'", '"', '>', '> ', '`'].some(before => WINDOW.includes(before + name));

it.each(PAGES)('docs/%s.md calls buttons and menus what the window calls them', page => {
  const names = [...new Set(namesOf(page))];
  expect(names.filter(name => !isInWindow(name))).toEqual([]);
});

it('finds the names of the window in the handbook', () => {
  expect(namesOf('handbook')).toEqual(expect.arrayContaining(['Signing keys', 'Mark as compromised…']));
});
