import { readFileSync } from 'node:fs';

/** A block of commands in a page, as a reader would copy it. */
export interface ShellBlock {
  /** The line of the page that its first command stands on. */
  readonly line: number;
  readonly code: string;
  /** Why it is not run here. */
  readonly notRun: string | undefined;
  /** What the page has no words for and the commands need, such as a file that would lie there by now. */
  readonly first: string | undefined;
  /** The exit code that its last command is to end with. */
  readonly exit: number;
}

const FENCED = /(?:^ *<!-- (?<notes>(?:(?!-->)[\s\S])*) -->\n)?^ *```sh\n(?<code>[\s\S]*?)^ *```$/gm;
const NOTE = /^(?<kind>not run|first|exit): (?<text>.*)$/s;

/**
 * The `sh` blocks of a page in their order. An HTML comment just before one, which readers do not see, may say
 * `not run: REASON`, `first: COMMANDS` or `exit: CODE`.
 *
 * @throws TypeError for any other comment there
 */
export function shellBlocks(file: string): readonly ShellBlock[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(FENCED)].map(found => {
    const { code = '', notes } = found.groups ?? {};
    const { kind, text: said = '' } = notes === undefined ? {} : noteOf(notes, file);
    const before = text.slice(0, found.index + found[0].lastIndexOf(code));
    return {
      line: before.split('\n').length,
      code,
      notRun: kind === 'not run' ? said : undefined,
      first: kind === 'first' ? said : undefined,
      exit: kind === 'exit' ? Number(said) : 0,
    };
  });
}

function noteOf(notes: string, file: string): Record<string, string> {
  const { groups } = NOTE.exec(notes.trim()) ?? {};
  if (groups !== undefined) return groups as Record<string, string>;
  throw new TypeError(`${file}: a comment before a block of commands says none of not run, first and exit.`);
}
