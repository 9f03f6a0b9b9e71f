import type { Command } from 'commander';
import { switchLockOff, switchLockOn } from '../trust/switch-lock.ts';
import { type CommonOptions, newCommand, newGroup, print, withSession } from './command.ts';
import type { Io } from './io.ts';
import { chooseOwn } from './operator-command.ts';

export function lockCommand(io: Io): Command {
  return newGroup('lock', 'Whether the installation opens with passphrases only.', [on(io), off(io)]);
}

function on(io: Io): Command {
  return newCommand(
    'on',
    'Let nobody open the installation without a passphrase, which you choose now.',
  ).action((options: CommonOptions) =>
    withSession(io, options, async (session, ports) => {
      await switchLockOn(session, ports, await chooseOwn(io, options, session.actor.name));
      print(io, options, { lock: true }, 'The lock is on: the installation opens with your passphrase only.');
    }),
  );
}

function off(io: Io): Command {
  return newCommand(
    'off',
    'Let the account of the system be the guard again. Only where there is one operator.',
  ).action((options: CommonOptions) =>
    withSession(io, options, async (session, ports) => {
      await switchLockOff(session, ports, await ports.passphrase(session.actor.name));
      print(
        io,
        options,
        { lock: false },
        'The lock is off: the installation opens without a passphrase of yours.',
      );
    }),
  );
}
