import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { IssuedKey } from '../keys/create-key.ts';
import { type CommonOptions, nonEmpty, print, remark } from './command.ts';
import type { Io } from './io.ts';
import { keyJson } from './key-output.ts';
import { issueInto, newSecretFile } from './secret-file.ts';
import { formatFields } from './table.ts';

export interface SecretOptions extends CommonOptions {
  readonly out?: string;
}

/** How a use case that issues a secret hands it over before anything is committed. */
export interface Handover {
  readonly keep?: (token: string) => void;
  readonly deliver?: (issued: IssuedKey) => void;
}

export function addSecretOptions(command: Command): Command {
  return command.option(
    '--out <file>',
    'write the secret to a new file instead (mode 0600); it then counts as saved',
    nonEmpty,
  );
}

/** Issues a secret and prints it once, or writes it to a file; whoever cannot take it gets none. */
export function issueSecret(io: Io, options: SecretOptions, issue: (handover: Handover) => IssuedKey): void {
  if (options.out !== undefined) {
    const file = newSecretFile(resolve(options.out));
    const { key } = issueInto(file, () => issue({ keep: token => file.keep(`${token}\n`) }));
    const text = formatFields([
      ['Key ID', key.id],
      ['Secret', `in ${file.path}`],
    ]);
    print(io, options, { key: keyJson(key, io.clock()), out: file.path }, text);
    return;
  }
  const { key } = issue({ deliver: issued => printSecret(io, options, issued) });
  remark(
    io,
    options,
    key.kind === 'public'
      ? `\nThe token of a public key can be printed again: keysmith key copy ${key.id}`
      : `\nThis is the only time the secret is shown. Once you have kept it: keysmith key saved ${key.id}`,
  );
}

function printSecret(io: Io, options: CommonOptions, { key, token }: IssuedKey): void {
  const text = formatFields([
    ['Key ID', key.id],
    ['Secret', token],
  ]);
  print(io, options, { key: keyJson(key, io.clock()), token }, text);
}
