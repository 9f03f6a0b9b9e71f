import { type Command, Option } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { editKey } from '../keys/edit-key.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Key } from '../keys/key.ts';
import { toKeyRecord } from '../keys/key-json.ts';
import { markSaved } from '../keys/mark-saved.ts';
import { removeKey } from '../keys/remove-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import {
  ACCEPT_CLOCK,
  type CommonOptions,
  collect,
  newCommand,
  print,
  remark,
  withSession,
} from './command.ts';
import type { Io } from './io.ts';
import { keyJson, keyText } from './key-output.ts';

const KEY_ARGUMENT = ['<key>', 'key ID or service/name'] as const;
const NEXT_BUNDLE = 'Services refuse it from the next bundle on.';

interface EditOptions extends CommonOptions {
  readonly description?: string;
  readonly owner?: string;
  readonly permission?: string[];
  readonly permissions?: boolean;
  readonly expires?: string;
  readonly acceptClock?: true;
}

export function keyEditCommand(io: Io): Command {
  return newCommand('edit', 'Change what is given of a key.')
    .argument(...KEY_ARGUMENT)
    .option('--description <text>')
    .option('--owner <text>')
    .option('--permission <id>', 'the whole new list; repeat for several', collect)
    .addOption(new Option('--no-permissions', 'take all permissions away').conflicts('permission'))
    .option('--expires <when>', 'P6M, 90d, 2027-01-31, 2027-01-31T12:00:00Z or never')
    .option(...ACCEPT_CLOCK)
    .action((key: string, options: EditOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const permissions = options.permissions === false ? [] : options.permission;
        const { description, owner, expires } = options;
        printKey(io, options, editKey(ports, actor, { key, description, owner, permissions, expires }));
      }),
    );
}

export function keyRenameCommand(io: Io): Command {
  return newCommand('rename', 'Give a key another name, where its service allows it.')
    .argument(...KEY_ARGUMENT)
    .argument('<name>', 'the new name')
    .action((key: string, name: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor }) =>
        printKey(io, options, renameKey(ports, actor, { key, name })),
      ),
    );
}

interface ReasonOptions extends CommonOptions {
  readonly reason?: string;
}

export function keyRevokeCommand(io: Io): Command {
  return newCommand('revoke', 'Refuse a key for ever. It stays on the list.')
    .argument(...KEY_ARGUMENT)
    .option('--reason <text>')
    .action((key: string, options: ReasonOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        printKey(io, options, revokeKey(ports, actor, { key, reason: options.reason }));
        remark(io, options, NEXT_BUNDLE);
      }),
    );
}

export function keyRemoveCommand(io: Io): Command {
  return newCommand('remove', 'Refuse a key for ever and take it off the list. Its name becomes free.')
    .argument(...KEY_ARGUMENT)
    .option('--reason <text>')
    .action((key: string, options: ReasonOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        const { id, removedAt, key: removed } = removeKey(ports, actor, { key, reason: options.reason });
        const json = { ...toKeyRecord(removed, removedAt), status: 'removed', removed_at: removedAt };
        print(
          io,
          options,
          json,
          `Removed ${id} (${removed.service}/${removed.name}) on ${formatTime(removedAt)}.`,
        );
        remark(io, options, NEXT_BUNDLE);
      }),
    );
}

export function keySavedCommand(io: Io): Command {
  return newCommand('saved', 'Confirm that the secret of a key was kept.')
    .argument(...KEY_ARGUMENT)
    .action((key: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor }) => printKey(io, options, markSaved(ports, actor, { key }))),
    );
}

function printKey(io: Io, options: CommonOptions, key: Key): void {
  const now = io.clock();
  print(io, options, keyJson(key, now), keyText(key, now));
}
