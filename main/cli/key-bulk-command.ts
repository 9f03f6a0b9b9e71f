import { Argument, type Command } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { BULK_ACTIONS, type BulkAction, MAX_BULK } from '../keys/bulk-actions.ts';
import { bulkChange } from '../keys/bulk-change.ts';
import { KeysmithError } from '../keys/errors.ts';
import { ACCEPT_CLOCK, type CommonOptions, newCommand, print, remark, withSession } from './command.ts';
import type { Io } from './io.ts';

interface BulkOptions extends CommonOptions {
  readonly reason?: string;
  readonly expires?: string;
  readonly acceptClock?: true;
}

const DONE: Readonly<Record<BulkAction, string>> = {
  disable: 'Disabled',
  enable: 'Enabled',
  revoke: 'Revoked',
  remove: 'Removed',
  extend: 'Extended',
};

export function keyBulkCommand(io: Io): Command {
  return newCommand(
    'bulk',
    `Change several keys at once, all or none: their IDs are read from standard input, up to ${MAX_BULK}.`,
  )
    .addArgument(new Argument('<action>').choices(BULK_ACTIONS))
    .option('--reason <text>', 'for revoke and remove')
    .option('--expires <when>', 'for extend, which needs it, and enable')
    .option(...ACCEPT_CLOCK)
    .hook('preAction', command => refuseUseless(command))
    .action((action: BulkAction, options: BulkOptions) =>
      withSession(io, options, async ({ ports, actor }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const { reason, expires } = options;
        const keys = (await io.readInput()).split(/[\s,]+/).filter(Boolean);
        try {
          const { asked, changed, stale } = bulkChange(ports, actor, { action, keys, reason, expires });
          const already = asked - changed;
          print(
            io,
            options,
            { action, changed, unchanged: already, stale },
            `${DONE[action]} ${changed} ${changed === 1 ? 'key' : 'keys'}.${already > 0 ? ` ${already} ${already === 1 ? 'was' : 'were'} so already.` : ''}`,
          );
          if (stale > 0)
            remark(
              io,
              options,
              `${stale} signed ${stale === 1 ? 'token says' : 'tokens say'} what the key was before; replace them: keysmith key reissue`,
            );
        } catch (error) {
          if (error instanceof KeysmithError) {
            for (const { subject, message } of error.refusals ?? [])
              remark(io, options, `${subject}: ${message}`);
          }
          throw error;
        }
      }),
    );
}

/** An option that would do nothing is a slip: whoever gave it believes that it does something. */
function refuseUseless(command: Command): void {
  const [action] = command.args;
  const { reason, expires } = command.opts<BulkOptions>();
  const ends = action === 'revoke' || action === 'remove';
  const prolongs = action === 'extend' || action === 'enable';
  if (reason !== undefined && !ends) command.error(`error: --reason is for revoke and remove, not ${action}`);
  if (expires !== undefined && !prolongs)
    command.error(`error: --expires is for extend and enable, not ${action}`);
}
