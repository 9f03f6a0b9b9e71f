import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import type { ShellBlock } from './shell-blocks.ts';

export interface BlocksRun {
  /** The exit code of the first command that failed; 0 where none did. */
  readonly code: number | null;
  /** What the commands printed, and which block it was of. */
  readonly output: string;
}

export interface BlocksPlace {
  /** Where the commands begin. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folders whose programs come before those of the machine. */
  readonly path?: readonly string[];
}

/**
 * Runs blocks of commands as they stand, one after the other in one shell that stops at the first that fails.
 * Nothing of this process's own npm, Node or Keysmith is passed on: a reader has none of it either.
 */
export function runBlocks(file: string, blocks: readonly ShellBlock[], place: BlocksPlace): BlocksRun {
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-blocks-'));
  try {
    const script = join(folder, 'blocks.sh');
    writeFileSync(script, blocks.map(block => scriptOf(block, basename(file))).join('\n'));
    // A script and not standard input: npx and others would read the commands that are still to come.
    const { status, stdout, error } = spawnSync('bash', ['-c', 'exec bash -e "$0" </dev/null 2>&1', script], {
      cwd: place.cwd,
      env: { ...bareEnvironment(place.path ?? []), ...place.env },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error) throw error;
    return { code: status, output: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scriptOf({ line, code, notRun, first, exit }: ShellBlock, page: string): string {
  if (notRun !== undefined) return `echo '── ${page}:${line} is not run: ${notRun.replaceAll("'", '’')}'`;
  const head = `${first === undefined ? '' : `${first}\n`}echo '── ${page}:${line}'`;
  if (exit === 0) return `${head}\n${code}`;
  return `${head}\nset +e\n( set -e\n${code})\nended=$?; set -e\ntest $ended -eq ${exit}`;
}

function bareEnvironment(path: readonly string[]): Record<string, string> {
  const own = /^(npm_|NODE|KEYSMITH_|INIT_CWD$|VITEST|PATH$)/i;
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || own.test(name) ? [] : [[name, value]],
  );
  const folders = (process.env.PATH ?? '').split(delimiter).filter(each => !each.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: [...path, ...folders].join(delimiter) };
}
