import { type Command, Option } from 'commander';
import type { ReplacedDatabase } from '../exchange/replaced-database.ts';
import { restoreBackup } from '../exchange/restore-backup.ts';
import { KeysmithError } from '../keys/errors.ts';
import { VAULT_KINDS, type VaultKind } from '../keys/installation.ts';
import { BACKUP_PASSPHRASE_FILE, backupPassphrase } from './backup-passphrase-option.ts';
import {
  type CommonOptions,
  choosePassphrase,
  collect,
  installationPorts,
  newCommand,
  print,
  remark,
} from './command.ts';
import type { Io } from './io.ts';
import { restoredJson, restoredText } from './restore-output.ts';

interface RestoreOptions extends CommonOptions {
  readonly bundle?: readonly string[];
  readonly vault?: VaultKind;
  readonly yes?: true;
}

export function restoreCommand(io: Io): Command {
  return newCommand(
    'restore',
    'Put a backup in the place of this installation, or where there is none. What was refused since stays refused.',
    BACKUP_PASSPHRASE_FILE,
  )
    .argument('<file>', 'the backup')
    .option(
      '--bundle <folder|file.zip>',
      'the newest bundle of a service: what it refuses stays refused, and numbers go on behind it (may be given for each service)',
      collect,
    )
    .addOption(
      new Option(
        '--vault <kind>',
        'where the master key is to be (default: where it is; on a new machine passphrase if one is given, else keychain)',
      ).choices(VAULT_KINDS),
    )
    .option('--yes', 'replace the installation that is there without asking; its data is kept aside')
    .action(async (file: string, { passphraseFile, ...options }: RestoreOptions) => {
      const ports = {
        ...installationPorts(io, options),
        passphrase: () => choosePassphrase(io, options, { file: undefined, variable: 'KEYSMITH_PASSPHRASE' }),
      };
      const otherVault = io.env.KEYSMITH_PASSPHRASE ? 'passphrase' : 'keychain';
      const request = {
        file,
        bundles: options.bundle ?? [],
        passphrase: () => backupPassphrase(io, passphraseFile, 'Passphrase of the backup: '),
        vault: options.vault,
        otherVault,
        mayReplace: async (replaced: ReplacedDatabase) => options.yes ?? mayReplace(io, replaced),
      } as const;
      const restored = await io
        .interruptible(signal => restoreBackup(ports, io.worker, request, { signal }))
        .catch((error: unknown) => {
          if (error instanceof KeysmithError && /^VAULT_(NO_SERVICE|LOCKED|DENIED)$/.test(error.code))
            remark(io, options, 'Without a keychain: keysmith restore FILE --vault passphrase');
          throw error;
        });
      print(io, options, restoredJson(restored), restoredText(restored));
    });
}

/** @throws STORE_EXISTS where nobody can be asked */
async function mayReplace(io: Io, replaced: ReplacedDatabase): Promise<boolean> {
  const what = WHAT[replaced.kind](replaced);
  if (io.ask) {
    const answer = await io.ask(`${what} It will be replaced, and its data kept aside. Type yes to go on: `);
    return answer.trim().toLowerCase() === 'yes';
  }
  throw new KeysmithError(
    'STORE_EXISTS',
    `${what} Nothing was changed; to have it replaced, and its data kept aside, give --yes.`,
  );
}

const WHAT: Readonly<Record<ReplacedDatabase['kind'], (replaced: ReplacedDatabase) => string>> = {
  none: () => 'There is no installation here.',
  same: () => 'This installation is here already, in its present state.',
  other: replaced =>
    `There is another installation here${replaced.kind === 'other' ? `, ${replaced.name} (${replaced.id})` : ''}.`,
  unreadable: () => 'There is a database here that cannot be read.',
};
