import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { IssuedKey } from '../keys/create-key.ts';
import { writeNewDurably } from '../store/durable-file.ts';
import { type CommonOptions, nonEmpty, print, remark } from './command.ts';
import type { Io } from './io.ts';
import { keyJson } from './key-output.ts';
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
  const out = options.out === undefined ? undefined : newSecretFile(resolve(options.out));
  try {
    if (out) {
      const { key } = issue({ keep: out.keep });
      // The key exists: from here on its secret must not go again.
      out.settle();
      const text = formatFields([
        ['Key ID', key.id],
        ['Secret', `in ${out.path}`],
      ]);
      print(io, options, { key: keyJson(key, io.clock()), out: out.path }, text);
    } else {
      const { key } = issue({ deliver: issued => printSecret(io, options, issued) });
      remark(
        io,
        options,
        key.kind === 'public'
          ? `\nThe token of a public key can be printed again: keysmith key copy ${key.id}`
          : `\nThis is the only time the secret is shown. Once you have kept it: keysmith key saved ${key.id}`,
      );
    }
  } catch (error) {
    out?.discard();
    throw error;
  }
}

function printSecret(io: Io, options: CommonOptions, { key, token }: IssuedKey): void {
  const text = formatFields([
    ['Key ID', key.id],
    ['Secret', token],
  ]);
  print(io, options, { key: keyJson(key, io.clock()), token }, text);
}

/** A file that takes one secret before its key exists, and goes again when the key does not come to be. */
function newSecretFile(path: string) {
  let written = false;
  return {
    path,
    keep(token: string) {
      writeNewDurably(path, `${token}\n`);
      written = true;
    },
    settle() {
      written = false;
    },
    discard() {
      if (written) rmSync(path, { force: true });
    },
  };
}
