import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { createKey, type IssuedKey } from '../keys/create-key.ts';
import { writeNewDurably } from '../store/durable-file.ts';
import {
  ACCEPT_CLOCK,
  type CommonOptions,
  collect,
  newCommand,
  nonEmpty,
  print,
  remark,
  withSession,
} from './command.ts';
import type { Io } from './io.ts';
import { keyJson } from './key-output.ts';
import { formatFields } from './table.ts';

interface CreateOptions extends CommonOptions {
  readonly service: string;
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  readonly permission?: string[];
  readonly expires?: string;
  readonly out?: string;
  readonly acceptClock?: true;
}

export function keyCreateCommand(io: Io): Command {
  return newCommand(
    'create',
    'Issue a key. Its secret is printed once, or written to a file, and never shown again.',
  )
    .requiredOption('--service <service>')
    .requiredOption('--name <name>', 'unique within the service')
    .option('--description <text>')
    .option('--owner <text>', 'who holds it')
    .option('--permission <id>', 'what it may do; repeat for several', collect)
    .option('--expires <when>', 'P6M, 90d, 2027-01-31, 2027-01-31T12:00:00Z or never (default: the policy’s)')
    .option(
      '--out <file>',
      'write the secret to a new file instead (mode 0600); it then counts as saved',
      nonEmpty,
    )
    .option(...ACCEPT_CLOCK)
    .action((options: CreateOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const { service, name, description, owner, permission: permissions, expires } = options;
        const out = options.out === undefined ? undefined : newSecretFile(resolve(options.out));
        try {
          const request = { service, name, description, owner, permissions, expires };
          if (out) {
            const { key } = createKey(ports, actor, { ...request, keep: out.keep });
            // The key exists: from here on its secret must not go again.
            out.settle();
            const text = formatFields([
              ['Key ID', key.id],
              ['Secret', `in ${out.path}`],
            ]);
            print(io, options, { key: keyJson(key, io.clock()), out: out.path }, text);
          } else {
            const { key } = createKey(ports, actor, {
              ...request,
              deliver: issued => printSecret(io, options, issued),
            });
            remark(
              io,
              options,
              `\nThis is the only time the secret is shown. Once you have kept it: keysmith key saved ${key.id}`,
            );
          }
          remark(io, options, 'Services know the key from the next bundle on.');
        } catch (error) {
          out?.discard();
          throw error;
        }
      }),
    );
}

/** Prints a secret; whoever cannot take it gets no key. */
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
