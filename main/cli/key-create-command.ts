import { type Command, Option } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { createKey } from '../keys/create-key.ts';
import { KINDS, type Kind, type RoleGrant } from '../keys/key.ts';
import { ALLOW_IP, readAllowedIps } from './allowed-ip-options.ts';
import { ACCEPT_CLOCK, collect, newCommand, remark, withSession } from './command.ts';
import type { Io } from './io.ts';
import { addSecretOptions, issueSecret, type SecretOptions } from './issue-secret.ts';
import { collectRole, ROLE, tellNewAccounts } from './role-options.ts';

interface CreateOptions extends SecretOptions {
  readonly service: string;
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  readonly kind?: Kind;
  readonly permission?: string[];
  readonly role?: RoleGrant[];
  readonly allowIp?: string[];
  readonly expires?: string;
  readonly acceptClock?: true;
}

export function keyCreateCommand(io: Io): Command {
  return addSecretOptions(
    newCommand(
      'create',
      'Issue a key. Its secret is printed once, or written to a file, and never shown again.',
    ),
  )
    .requiredOption('--service <service>', 'what it opens')
    .requiredOption('--name <name>', 'unique within the service')
    .option('--description <text>', 'what it is for')
    .option('--owner <text>', 'who holds it')
    .addOption(
      new Option(
        '--kind <kind>',
        'private, or public for what anyone may see (default: the policy’s first)',
      ).choices(KINDS),
    )
    .option('--permission <id>', 'what it may do; repeat for several', collect)
    .option(...ROLE, collectRole)
    .option(...ALLOW_IP, collect)
    .option('--expires <when>', 'P6M, 90d, 2027-01-31, 2027-01-31T12:00:00Z or never (default: the policy’s)')
    .option(...ACCEPT_CLOCK)
    .action((options: CreateOptions) =>
      withSession(io, options, ({ ports, actor, store }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const { service, name, description, owner, kind, permission: permissions, expires } = options;
        const allowedIps = readAllowedIps(io, options, options.allowIp);
        tellNewAccounts(io, options, store, service, () =>
          issueSecret(io, options, handover =>
            createKey(ports, actor, {
              service,
              name,
              description,
              owner,
              kind,
              permissions,
              roles: options.role,
              addAccounts: true,
              allowedIps,
              expires,
              ...handover,
            }),
          ),
        );
        remark(io, options, 'Services know the key from the next bundle on.');
      }),
    );
}
