import { type Command, Option } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { disableKey } from '../keys/disable-key.ts';
import { editKey } from '../keys/edit-key.ts';
import { enableKey } from '../keys/enable-key.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Key, RoleGrant } from '../keys/key.ts';
import { toKeyRecord } from '../keys/key-json.ts';
import { requireKey } from '../keys/look-up.ts';
import { removeKey } from '../keys/remove-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import { ALLOW_IP, readAllowedIps } from './allowed-ip-options.ts';
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
import { KEY_ARGUMENT, NEXT_BUNDLE, printKey } from './key-output.ts';
import { collectRole, ROLE, tellNewAccounts } from './role-options.ts';

interface EditOptions extends CommonOptions {
  readonly description?: string;
  readonly owner?: string;
  readonly permission?: string[];
  readonly permissions?: boolean;
  readonly role?: RoleGrant[];
  readonly allowIp?: string[];
  readonly allowIps?: boolean;
  readonly expires?: string;
  readonly acceptClock?: true;
}

export function keyEditCommand(io: Io): Command {
  return newCommand('edit', 'Change what is given of a key.')
    .argument(...KEY_ARGUMENT)
    .option('--description <text>', 'what it is for')
    .option('--owner <text>', 'who holds it')
    .option('--permission <id>', 'the whole new list; repeat for several', collect)
    .addOption(new Option('--no-permissions', 'take all permissions away').conflicts('permission'))
    .option(...ROLE, collectRole)
    .option(...ALLOW_IP, collect)
    .addOption(new Option('--no-allow-ips', 'let it be used from every address').conflicts('allowIp'))
    .option('--expires <when>', 'P6M, 90d, 2027-01-31, 2027-01-31T12:00:00Z or never')
    .option(...ACCEPT_CLOCK)
    .action((key: string, options: EditOptions) =>
      withSession(io, options, ({ ports, actor, store }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const permissions = options.permissions === false ? [] : options.permission;
        const allowedIps = options.allowIps === false ? '' : readAllowedIps(io, options, options.allowIp);
        const { description, owner, expires } = options;
        const { role: roles } = options;
        const request = {
          key,
          description,
          owner,
          permissions,
          roles,
          addAccounts: true,
          allowedIps,
          expires,
        };
        const { service } = requireKey(store, key);
        const edited = tellNewAccounts(io, options, store, service, () => editKey(ports, actor, request));
        printKey(io, options, edited);
        if (edited.stale) remark(io, options, staleText(edited));
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
    .option('--reason <text>', 'kept with the key and in the log')
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
    .option('--reason <text>', 'kept with the key and in the log')
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

export function keyDisableCommand(io: Io): Command {
  return newCommand('disable', 'Refuse a key until it is enabled again.')
    .argument(...KEY_ARGUMENT)
    .action((key: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        printKey(io, options, disableKey(ports, actor, { key }));
        remark(io, options, NEXT_BUNDLE);
      }),
    );
}

interface EnableOptions extends CommonOptions {
  readonly expires?: string;
  readonly acceptClock?: true;
}

export function keyEnableCommand(io: Io): Command {
  return newCommand('enable', 'Make a disabled or expired key work again.')
    .argument(...KEY_ARGUMENT)
    .option('--expires <when>', 'its new expiry; an expired key needs one')
    .option(...ACCEPT_CLOCK)
    .action((key: string, options: EnableOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        printKey(io, options, enableKey(ports, actor, { key, expires: options.expires }));
        remark(io, options, 'Services take it again from the next bundle on.');
      }),
    );
}

function staleText({ id }: Key): string {
  return `The token that was handed out still says what the key was. Replace it: keysmith key reissue ${id}`;
}
