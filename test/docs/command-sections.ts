import type { Argument, Command, Option } from 'commander';
import { markdownTable } from './fill-page.ts';

/** What is known of a command beside what it says itself. */
export interface CommandFacts {
  /** Who may run it, as a sentence. */
  readonly who: string;
  /** The shape of what `--json` prints. */
  readonly json: string;
  /** Command lines that are run elsewhere. */
  readonly examples: readonly string[];
}

type FactsOf = (path: string) => CommandFacts;

/** Every command that does something, by its path. */
export function leavesOf(command: Command, path: readonly string[] = []): readonly [string, Command][] {
  return command.commands.length === 0
    ? [[path.join(' '), command]]
    : command.commands.flatMap(each => leavesOf(each, [...path, each.name()]));
}

/** All commands, each with a link to its section. */
export function commandTable(program: Command): string {
  return markdownTable(
    ['command', 'does'],
    leavesOf(program).map(([path, command]) => [
      `[\`${path}\`](#${anchorOf(path)})`,
      plain(firstSentence(command.description())),
    ]),
  );
}

/** A section for each command, under a heading for each group. */
export function commandSections(program: Command, facts: FactsOf): string {
  return program.commands
    .map(group =>
      group.commands.length === 0
        ? section('##', group.name(), group, facts)
        : [
            `## ${group.name()}`,
            plain(group.description()),
            ...group.commands.map(each => section('###', `${group.name()} ${each.name()}`, each, facts)),
          ].join('\n\n'),
    )
    .join('\n\n');
}

function section(level: string, path: string, command: Command, facts: FactsOf): string {
  const { who, json, examples } = facts(path);
  // What has to be given comes first.
  const own = command.options
    .filter(option => !isCommon(option))
    .sort((a, b) => Number(b.mandatory) - Number(a.mandatory));
  const given = command.registeredArguments;
  return [
    `${level} ${path}`,
    `\`keysmith ${path}${given.map(argumentText).join('')}${own
      .filter(({ mandatory }) => mandatory)
      .map(flagsText)
      .join('')}${own.some(({ mandatory }) => !mandatory) ? ' …' : ''}\``,
    `${plain(command.description())} ${who}`.trimEnd(),
    given.some(({ description }) => description !== '') ? argumentTable(given) : '',
    own.length > 0 ? optionTable(own) : '',
    `\`--json\`: \`${json}\``,
    examples.length > 0 ? ['```', ...examples, '```'].join('\n') : '',
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

const argumentText = (argument: Argument) =>
  argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`;
const flagsText = ({ flags }: Option) => ` ${flags}`;

function argumentTable(given: readonly Argument[]): string {
  return markdownTable(
    ['argument', ''],
    given.map(each => [`\`${each.name()}\``, plain(each.description)]),
  );
}

function optionTable(options: readonly Option[]): string {
  return markdownTable(
    ['option', ''],
    options.map(option => [`\`${option.flags}\``, optionText(option)]),
  );
}

function optionText({ description, mandatory, argChoices, defaultValue }: Option): string {
  const spoken = argChoices?.every(choice => description.includes(choice));
  const notes = [
    ...(mandatory && defaultValue === undefined ? ['required'] : []),
    ...(argChoices === undefined || spoken ? [] : [`one of ${argChoices.map(code).join(', ')}`]),
    ...(defaultValue === undefined ? [] : [`default: ${code(String(defaultValue))}`]),
  ];
  const said = plain(description);
  if (notes.length === 0) return said;
  return said === '' ? notes.join('; ') : `${said} (${notes.join('; ')})`;
}

const code = (text: string) => `\`${text}\``;

/** As Markdown, which would take what stands in angle brackets for HTML. */
const plain = (text: string) => text.replaceAll('<', '\\<');

/** Options that every command has are told once; where one means something else, it is told there again. */
function isCommon({ long, description }: Option): boolean {
  return (
    long === '--json' || long === '--operator' || (long === '--passphrase-file' && /yours/.test(description))
  );
}

function firstSentence(text: string): string {
  return /^.*?[.;:](?= |$)/.exec(text)?.[0].replace(/[;:]$/, '.') ?? text;
}

function anchorOf(heading: string): string {
  return heading.replaceAll(' ', '-');
}
