import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { KeysmithError } from '../keys/errors.ts';
import { KINDS, type Kind } from '../keys/key.ts';
import { dataFolder } from '../store/data-folder.ts';
import { whyNotRead } from '../store/file-reasons.ts';
import { openInstallation } from '../trust/open-installation.ts';
import type { InstallationPorts, Session } from '../trust/session.ts';
import type { Io } from './io.ts';
import { shownUpdate } from './show-update.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly json?: true;
  readonly passphraseFile?: string;
  readonly operator?: string;
}

/** A command with the options that all have. */
export function newCommand(
  name: string,
  description: string,
  passphraseFile = 'read the passphrase, yours or the vault’s, from the first line of a file (otherwise KEYSMITH_PASSPHRASE, or a prompt)',
): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print one JSON value, and failures as JSON on stderr')
    .option('--passphrase-file <file>', passphraseFile)
    .option(
      '--operator <name>',
      'who you are, where there are several operators (otherwise KEYSMITH_OPERATOR)',
      nonEmpty,
    );
}

/** For commands that issue or extend. */
export const ACCEPT_CLOCK = [
  '--accept-clock',
  'take this machine’s time for the true one although the last change was made later',
] as const;

/** A command that only groups others. */
export function newGroup(name: string, description: string, commands: readonly Command[]): Command {
  const group = new Command(name).description(description);
  for (const command of commands) group.addCommand(command);
  return group;
}

/** Collects an option that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** Collects kinds of keys. */
export function collectKind(value: string, previous: readonly Kind[] | undefined): Kind[] {
  const kind = KINDS.find(candidate => candidate === value);
  if (!kind) throw new InvalidArgumentError(`Allowed are ${KINDS.join(', ')}.`);
  return [...(previous ?? []), kind];
}

export function yesNo(value: string): boolean {
  if (value === 'yes' || value === 'no') return value === 'yes';
  throw new InvalidArgumentError('Allowed are yes and no.');
}

/** For options that name something: an empty one is a slip, not a choice. */
export function nonEmpty(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('It must not be empty.');
}

/** Prints a result: as JSON with `--json`, else as text for a person. */
export function print(io: Io, options: CommonOptions, json: unknown, text: string): void {
  io.out(`${options.json ? JSON.stringify(json) : text}\n`);
}

/** A remark for a person; `--json` has none. */
export function remark(io: Io, options: CommonOptions, text: string): void {
  if (!options.json) io.err(`${text}\n`);
}

export function installationPorts(io: Io, options: CommonOptions): InstallationPorts {
  return {
    folder: dataFolder(io.env),
    keychain: io.keychain,
    clock: io.clock,
    random: io.random,
    update: shownUpdate(io, options),
    passphrase: once((operator?: string) =>
      readPassphrase(io, options.passphraseFile, 'KEYSMITH_PASSPHRASE', operator),
    ),
    operator: options.operator ?? (io.env.KEYSMITH_OPERATOR || undefined),
    scryptLogN: io.scryptLogN,
  };
}

/** Opens the installation for one command, and saves the audit head when it is done. */
export async function withSession<T>(
  io: Io,
  options: CommonOptions,
  work: (session: Session, ports: InstallationPorts) => T | Promise<T>,
): Promise<T> {
  const ports = installationPorts(io, options);
  const session = await openInstallation(ports);
  try {
    if (session.logShortened) {
      io.err('keysmith: The audit log no longer goes through its saved head; run "keysmith audit verify".\n');
    }
    indexFew(session);
    return await work(session, ports);
  } finally {
    // What was changed is safe by now. A head that could not be saved is only older than the log, which is allowed.
    await session.close().catch((error: unknown) => {
      if (!(error instanceof KeysmithError)) throw error;
      remark(io, options, `keysmith: The head of the audit log was not saved: ${error.message}`);
    });
  }
}

/** What is indexed in passing: a fraction of a second. */
const FEW = 2000;

/** Makes up for a bulk issue that died: its last keys are found all the same, only not as quickly. */
function indexFew({ store }: Session): void {
  const left = store.textsToIndex();
  if (left === 0 || left > FEW) return;
  try {
    store.indexTexts();
  } catch (error) {
    // Another process writes, or the disk is full: the command is not about this, and the next one tries again.
    if (!(error instanceof KeysmithError)) throw error;
  }
}

/**
 * A passphrase from a file, the environment, or a prompt without echo, in this order.
 *
 * @param operator whose it is; the vault's when absent
 * @throws VAULT_PASSPHRASE_REQUIRED, PASSPHRASE_REQUIRED, FILE_UNREADABLE
 */
async function readPassphrase(
  io: Io,
  file: string | undefined,
  variable: string,
  operator?: string,
  prompt = `Passphrase of ${operator ?? 'the vault'}: `,
): Promise<string> {
  const passphrase = await findPassphrase(io, file, variable, prompt);
  if (passphrase !== undefined) return passphrase;
  if (operator !== undefined) {
    throw new KeysmithError(
      'PASSPHRASE_REQUIRED',
      `The passphrase of ${operator} is needed, and none was given. Give it with ${variable}, a passphrase file, or at the prompt of a terminal.`,
      { field: 'passphrase' },
    );
  }
  throw new KeysmithError(
    'VAULT_PASSPHRASE_REQUIRED',
    `The vault is behind a passphrase, and none was given. Give it with ${variable}, a passphrase file, or at the prompt of a terminal.`,
    { field: 'passphrase' },
  );
}

/** The same; undefined where none was given. @throws FILE_UNREADABLE */
export async function findPassphrase(
  io: Io,
  file: string | undefined,
  variable: string,
  prompt: string,
): Promise<string | undefined> {
  const passphrase =
    file === undefined ? (io.env[variable] ?? (await io.ask?.(prompt))) : firstLine(readText(file));
  return passphrase === '' ? undefined : passphrase;
}

/** A passphrase shorter than this is remarked on: it alone protects the vault file. */
const SHORT_PASSPHRASE = 12;

/** A passphrase that is being chosen: asked twice at a prompt, so that a slip of the finger does not lock the vault. */
export async function choosePassphrase(
  io: Io,
  options: CommonOptions,
  source: { readonly file: string | undefined; readonly variable: string },
  operator?: string,
): Promise<string> {
  const { file, variable } = source;
  const prompt = `New passphrase of ${operator ?? 'the vault'}: `;
  const passphrase = await readPassphrase(io, file, variable, operator, prompt);
  const prompted = file === undefined && io.env[variable] === undefined;
  if (prompted && (await io.ask?.('The same again: ')) !== passphrase) {
    throw new KeysmithError(
      operator === undefined ? 'VAULT_PASSPHRASE_WRONG' : 'PASSPHRASE_WRONG',
      'The two passphrases differ. Nothing was changed; try again.',
      { field: 'passphrase' },
    );
  }
  if (operator === undefined && [...passphrase].length < SHORT_PASSPHRASE) {
    remark(
      io,
      options,
      `This passphrase is short. It alone protects the vault file; ${SHORT_PASSPHRASE} characters or more are better.`,
    );
  }
  return passphrase;
}

/** @throws FILE_UNREADABLE */
export function readText(path: string): string {
  try {
    // Some editors start a file with a byte order mark.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new KeysmithError('FILE_UNREADABLE', `The file ${path} cannot be read: ${whyNotRead(code)}.`, {
      field: 'file',
      cause,
    });
  }
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}

function once<A extends unknown[], T>(make: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let made: Promise<T> | undefined;
  return (...args) => {
    made ??= make(...args);
    return made;
  };
}
