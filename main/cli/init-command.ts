import { type Command, Option } from 'commander';
import { KeysmithError } from '../keys/errors.ts';
import { VAULT_KINDS, type VaultKind } from '../keys/installation.ts';
import { TEMPLATES } from '../keys/templates.ts';
import { createInstallation } from '../trust/create-installation.ts';
import {
  type CommonOptions,
  choosePassphrase,
  installationPorts,
  newCommand,
  print,
  remark,
} from './command.ts';
import type { Io } from './io.ts';
import { formatFields } from './table.ts';

interface InitOptions extends CommonOptions {
  readonly name?: string;
  readonly template: string;
  readonly service?: string;
  readonly prefix?: string;
  readonly audience?: string;
  readonly vault?: VaultKind;
}

export function initCommand(io: Io): Command {
  return newCommand('init', 'Make a new installation with its first service.')
    .option('--name <name>', 'what the installation is called')
    .addOption(
      new Option('--template <template>', 'what the first service starts from')
        .choices(TEMPLATES.map(({ id }) => id))
        .default('team-access-keys'),
    )
    .option('--service <slug>', 'the first service (default: the template’s)')
    .option('--prefix <prefix>', 'first part of its tokens')
    .option('--audience <uri>', 'its audience (default: urn:keysmith:<slug>)')
    .addOption(
      new Option(
        '--vault <kind>',
        'where the master key is kept (default: passphrase if one is given, else keychain)',
      ).choices(VAULT_KINDS),
    )
    .action(async (options: InitOptions) => {
      const given = options.passphraseFile !== undefined || Boolean(io.env.KEYSMITH_PASSPHRASE);
      const chosen = () =>
        choosePassphrase(io, options, { file: options.passphraseFile, variable: 'KEYSMITH_PASSPHRASE' });
      const vault = options.vault ?? (given ? 'passphrase' : 'keychain');
      const created = await createInstallation(
        { ...installationPorts(io, options), passphrase: chosen },
        {
          name: options.name,
          vault,
          service: {
            service: options.service,
            template: options.template,
            prefix: options.prefix,
            audience: options.audience,
          },
        },
      ).catch((error: unknown) => {
        if (vault === 'keychain' && error instanceof KeysmithError && error.code.startsWith('VAULT_'))
          remark(io, options, 'Without a keychain: keysmith init --vault passphrase');
        throw error;
      });
      const { id, name, folder, service, operator } = created;
      print(
        io,
        options,
        {
          installation: id,
          name,
          vault,
          folder,
          operator,
          service: service.slug,
          prefix: service.prefix,
          audience: service.audience,
        },
        `${formatFields([
          ['Installation', `${name} (${id})`],
          ['Data folder', folder],
          ['Vault', vault],
          ['Owner', operator],
          [
            'Service',
            service.format === 'jwt'
              ? service.slug
              : `${service.slug} (tokens start with ${service.prefix}_)`,
          ],
        ])}\n\nNext: keysmith key create --service ${service.slug} --name NAME`,
      );
    });
}
