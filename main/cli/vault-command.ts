import { type Command, Option } from 'commander';
import { KeysmithError } from '../keys/errors.ts';
import { VAULT_KINDS, type VaultKind } from '../keys/installation.ts';
import { changePassphrase } from '../trust/change-passphrase.ts';
import { openClosed } from '../trust/closed-installation.ts';
import { moveVault } from '../trust/move-vault.ts';
import { describeVault, openVault } from '../trust/vault.ts';
import {
  type CommonOptions,
  choosePassphrase,
  installationPorts,
  newCommand,
  newGroup,
  print,
  withSession,
} from './command.ts';
import type { Io } from './io.ts';
import { NEW_PASSPHRASE, type NewPassphraseOptions } from './operator-command.ts';
import { formatFields } from './table.ts';

export function vaultCommand(io: Io): Command {
  return newGroup('vault', 'Where the master key is kept.', [status(io), move(io), change(io)]);
}

function status(io: Io): Command {
  return newCommand('status', 'Say where the master key is kept and whether it can be read.').action(
    async (options: CommonOptions) => {
      const ports = installationPorts(io, options);
      const { db, installation } = await openClosed(ports);
      db.close();
      const state = installation.lockEnabled
        ? { state: 'lock-on', message: 'Operators open it with their own passphrases.' }
        : await vaultState(() => openVault(ports, installation));
      const { id, name, vault } = installation;
      print(
        io,
        options,
        { installation: id, name, folder: ports.folder, vault, ...state },
        formatFields([
          ['Installation', `${name} (${id})`],
          ['Data folder', ports.folder],
          ['Vault', describeVault(vault)],
          ['State', state.state],
          ...(state.message === null ? [] : ([['', state.message]] as const)),
        ]),
      );
    },
  );
}

/** `open`, or the failure's code in the words of a state: `locked`, `denied`, `missing`, `wrong`, `no-service` … */
async function vaultState(open: () => Promise<Buffer>): Promise<{ state: string; message: string | null }> {
  try {
    (await open()).fill(0);
    return { state: 'open', message: null };
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
    return {
      state: error.code.replace('VAULT_', '').toLowerCase().replaceAll('_', '-'),
      message: error.message,
    };
  }
}

function move(io: Io): Command {
  return newCommand('move', 'Move the master key between the system keychain and the passphrase vault.')
    .addOption(new Option('--to <kind>', 'where it is to be').choices(VAULT_KINDS).makeOptionMandatory())
    .option(...NEW_PASSPHRASE)
    .action((options: NewPassphraseOptions & { readonly to: VaultKind }) =>
      withSession(io, options, async (session, ports) => {
        // On the way into a passphrase vault there is only one passphrase: the ordinary sources name it as well.
        const ordinary = options.passphraseFile !== undefined || io.env.KEYSMITH_PASSPHRASE !== undefined;
        const useOrdinary =
          options.to === 'passphrase' &&
          options.newPassphraseFile === undefined &&
          io.env.KEYSMITH_NEW_PASSPHRASE === undefined &&
          ordinary;
        await moveVault(
          session,
          ports,
          options.to,
          useOrdinary ? ports.passphrase : newPassphrase(io, options),
        );
        print(
          io,
          options,
          { vault: options.to },
          `The master key is now in the ${describeVault(options.to)}.`,
        );
      }),
    );
}

function change(io: Io): Command {
  return newCommand('change-passphrase', 'Give the passphrase vault another passphrase.')
    .option(...NEW_PASSPHRASE)
    .action((options: NewPassphraseOptions) =>
      withSession(io, options, async (session, ports) => {
        await changePassphrase(session, ports, newPassphrase(io, options));
        print(io, options, { changed: true }, 'The vault has a new passphrase.');
      }),
    );
}

function newPassphrase(io: Io, options: NewPassphraseOptions): () => Promise<string> {
  return () =>
    choosePassphrase(io, options, { file: options.newPassphraseFile, variable: 'KEYSMITH_NEW_PASSPHRASE' });
}
