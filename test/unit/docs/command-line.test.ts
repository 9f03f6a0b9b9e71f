import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemIo } from '../../../main/cli/io.ts';
import { buildProgram, EXIT } from '../../../main/cli/run-cli.ts';
import { ERROR_CODES } from '../../../main/keys/errors.ts';
import { BUNDLE_ERROR_CODES } from '../../../main/verify/bundle-error.ts';
import { examplesOf } from '../../docs/command-examples.ts';
import { jsonOfCommands, shapeOf, whoMay } from '../../docs/command-facts.ts';
import { commandSections, commandTable, leavesOf } from '../../docs/command-sections.ts';
import { fillPage, markdownTable } from '../../docs/fill-page.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { ROOT } from '../../rig/run-tool.ts';

const PAGE = join(ROOT, 'docs/command-line.md');

const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  refused:
    'refused: an expected failure, with its sentence and code on standard error; or the verdict of `verify`, the findings of `audit verify`',
  usage:
    'wrong usage: an option or argument that is not there, not allowed or missing; with `--json` its code is `USAGE`',
  bundleRefused: 'a bundle, or a file of one, was refused before anything in it was believed',
};

const VARIABLES: Readonly<Record<string, string>> = {
  KEYSMITH_HOME:
    'the data folder; otherwise the platform’s folder for application data: `~/.config/Keysmith` (`$XDG_CONFIG_HOME/Keysmith`), `~/Library/Application Support/Keysmith`, `%APPDATA%\\Keysmith`',
  KEYSMITH_OPERATOR: 'who you are, where there are several operators',
  KEYSMITH_PASSPHRASE: 'the passphrase of the vault, or yours where the lock is on',
  KEYSMITH_NEW_PASSPHRASE: 'the passphrase that is being chosen, for an operator or a vault',
  KEYSMITH_BACKUP_PASSPHRASE: 'the passphrase of a backup',
};

it('says in docs/command-line.md what the commands say, and what they print', async () => {
  const program = buildProgram(systemIo(WORKER));
  const { commands: printed, variants } = await jsonOfCommands();
  expect([...printed.keys()].sort()).toEqual(
    leavesOf(program)
      .map(([path]) => path)
      .sort(),
  );
  const key = Object.keys(printed.get('key saved') as object);
  const page = fillPage(readFileSync(PAGE, 'utf8'), {
    commands: commandTable(program),
    variables: markdownTable(
      ['variable', 'says'],
      Object.entries(VARIABLES).map(([name, says]) => [`\`${name}\``, says]),
    ),
    exits: markdownTable(
      ['code', 'means'],
      Object.entries(EXIT).map(([name, code]) => [String(code), EXIT_WORDS[name as keyof typeof EXIT]]),
    ),
    key: `\`{${key.map(name => `"${name}"`).join(',')}}\``,
    variants: markdownTable(
      ['with', '`--json`'],
      variants.map(([line, value]) => [`\`${line}\``, `\`${shapeOf(value, key)}\``]),
    ),
    codes: ERROR_CODES.filter(code => !BUNDLE_ERROR_CODES.some(each => each === code))
      .map(code => `\`${code}\``)
      .join(', '),
    sections: commandSections(program, path => ({
      who: whoMay(path),
      json: shapeOf(printed.get(path), key),
      examples: examplesOf(path),
    })),
  });
  // `npm run docs:cli` writes it.
  await expect(page).toMatchFileSnapshot(PAGE);
}, 120_000);

it('names every variable of the environment that a command reads', () => {
  const read = ['main/cli', 'main/store'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .flatMap(name =>
        [...readFileSync(join(ROOT, folder, name), 'utf8').matchAll(/KEYSMITH_[A-Z_]+/g)].map(
          ([each]) => each,
        ),
      ),
  );
  expect([...new Set(read)].sort()).toEqual(Object.keys(VARIABLES).sort());
});
