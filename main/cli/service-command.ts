import { type Command, Option } from 'commander';
import { createService } from '../keys/create-service.ts';
import { editService } from '../keys/edit-service.ts';
import { KeysmithError } from '../keys/errors.ts';
import { importCatalog, parseCatalog } from '../keys/import-catalog.ts';
import type { Kind } from '../keys/key.ts';
import { requireService } from '../keys/look-up.ts';
import type { Policy } from '../keys/policy.ts';
import type { Reader } from '../keys/ports.ts';
import { type Service, toCatalog } from '../keys/service.ts';
import { TEMPLATES } from '../keys/templates.ts';
import {
  type CommonOptions,
  collect,
  collectKind,
  newCommand,
  newGroup,
  print,
  readText,
  remark,
  withSession,
  yesNo,
} from './command.ts';
import type { Io } from './io.ts';
import { formatFields, formatTable } from './table.ts';

export function serviceCommand(io: Io): Command {
  return newGroup('service', 'Services: the APIs that keys open.', [
    list(io),
    show(io),
    create(io),
    edit(io),
    importFile(io),
  ]);
}

function list(io: Io): Command {
  return newCommand('list', 'List the services.').action((options: CommonOptions) =>
    withSession(io, options, ({ store }) => {
      const now = io.clock();
      const rows = store
        .services()
        .map(service => ({ ...summary(service), active_keys: store.activeKeys(service.ref, now) }));
      const cells = rows.map(row => [
        row.slug,
        row.title,
        row.format,
        `${row.prefix}_`,
        String(row.active_keys),
      ]);
      print(io, options, rows, formatTable(['SERVICE', 'TITLE', 'FORMAT', 'PREFIX', 'ACTIVE KEYS'], cells));
    }),
  );
}

function show(io: Io): Command {
  return newCommand('show', 'Show a service with its catalog and policy.')
    .argument('<service>', 'its short name')
    .action((slug: string, options: CommonOptions) =>
      withSession(io, options, ({ store }) => printService(io, options, store, requireService(store, slug))),
    );
}

interface CreateOptions extends CommonOptions {
  readonly template: string;
  readonly title?: string;
  readonly description?: string;
  readonly prefix?: string;
  readonly audience?: string;
}

function create(io: Io): Command {
  return newCommand('create', 'Make a service from a template.')
    .argument('<slug>', 'its short name, which keys and commands use')
    .addOption(
      new Option('--template <template>', 'what it starts from')
        .choices(TEMPLATES.map(({ id }) => id))
        .default('blank'),
    )
    .option('--title <title>', 'what it is called')
    .option('--description <text>', 'what it is for')
    .option('--prefix <prefix>', 'first part of its tokens')
    .option('--audience <uri>', 'its audience (default: urn:keysmith:<slug>)')
    .action((slug: string, options: CreateOptions) =>
      withSession(io, options, ({ store, ports, actor }) => {
        const { template, title, description, prefix, audience } = options;
        printService(
          io,
          options,
          store,
          createService(ports, actor, { service: slug, template, title, description, prefix, audience }),
        );
      }),
    );
}

interface EditOptions extends CommonOptions {
  readonly title?: string;
  readonly description?: string;
  readonly prefix?: string;
  readonly audience?: string;
  readonly kind?: Kind[];
  readonly expiryRequired?: boolean;
  readonly expiryDefault?: string;
  readonly expiryMax?: string;
  readonly expiryChoice?: string[];
  readonly allowedIps?: boolean;
  readonly rotation?: string;
  readonly renamable?: boolean;
  readonly managedBy?: Policy['managed_by'];
}

function edit(io: Io): Command {
  return newCommand('edit', 'Change a service or its policy. Keys that exist keep what they have.')
    .argument('<service>', 'its short name')
    .option('--title <title>', 'what it is called')
    .option('--description <text>', 'what it is for')
    .option('--prefix <prefix>', 'for tokens issued from now on')
    .option('--audience <uri>', 'the aud of tokens issued from now on')
    .addOption(
      new Option('--kind <kind>', 'kind allowed (private, public); repeat for several').argParser(
        collectKind,
      ),
    )
    .option('--expiry-required <yes|no>', 'whether keys must expire', yesNo)
    .option('--expiry-default <duration|none>', 'what a key gets when nothing is said')
    .option('--expiry-max <duration|none>', 'the furthest expiry, counted from now')
    .option('--expiry-choice <duration>', 'what forms offer; repeat for several', collect)
    .option('--allowed-ips <yes|no>', 'whether keys may be bound to addresses', yesNo)
    .option('--rotation <duration|none>', 'after how long a secret is due for rotation')
    .option('--renamable <yes|no>', 'whether a key may get another name', yesNo)
    .addOption(
      new Option('--managed-by <role>', 'the lowest role that manages its keys').choices([
        'manager',
        'admin',
      ]),
    )
    .action((slug: string, options: EditOptions) =>
      withSession(io, options, ({ store, ports, actor }) => {
        const service = editService(ports, actor, {
          service: slug,
          title: options.title,
          description: options.description,
          prefix: options.prefix,
          audience: options.audience,
          policy: {
            kinds: options.kind,
            expiry: {
              required: options.expiryRequired,
              default: orNull(options.expiryDefault),
              max: orNull(options.expiryMax),
              choices: options.expiryChoice,
            },
            allowed_ips: options.allowedIps,
            rotation: orNull(options.rotation),
            renamable: options.renamable,
            managed_by: options.managedBy,
          },
        });
        printService(io, options, store, service);
        if (options.audience !== undefined && service.format === 'jwt')
          remark(io, options, 'Tokens that were handed out keep the old audience until they are reissued.');
      }),
    );
}

interface ImportOptions extends CommonOptions {
  readonly service: string;
  readonly force?: true;
}

function importFile(io: Io): Command {
  return newCommand('import', 'Replace a service’s catalog by the one of a JSON file.')
    .argument(
      '<file>',
      'JSON: {"permissions":[…],"roles":[…],"accounts":[…]}, as "service show --json" prints under "catalog"',
    )
    .requiredOption('--service <service>', 'whose catalog')
    .option('--force', 'let entries go that keys still hold')
    .action((file: string, options: ImportOptions) =>
      withSession(io, options, ({ store, ports, actor }) => {
        const catalog = parseCatalog(readText(file));
        try {
          const { exposed } = importCatalog(ports, actor, {
            service: options.service,
            catalog,
            force: options.force,
          });
          for (const { permission, keys } of exposed) {
            remark(
              io,
              options,
              `${keys} public ${keys === 1 ? 'key holds' : 'keys hold'} ${permission}, which is not public-safe: keysmith key list --service ${options.service} --exposed --permission ${permission}`,
            );
          }
        } catch (error) {
          if (error instanceof KeysmithError && error.code === 'CATALOG_IN_USE') {
            remark(io, options, 'To let these entries go all the same: --force');
          }
          throw error;
        }
        printService(io, options, store, requireService(store, options.service));
      }),
    );
}

function summary({
  slug,
  title,
  description,
  audience,
  format,
  prefix,
  template,
  createdAt,
  createdBy,
}: Service) {
  return {
    slug,
    title,
    description,
    audience,
    format,
    prefix,
    template,
    created_at: createdAt,
    created_by: createdBy,
  };
}

function printService(io: Io, options: CommonOptions, reader: Reader, service: Service): void {
  const catalog = toCatalog(reader.catalog(service.ref));
  const { policy } = service;
  const sections = [
    formatFields([
      ['Service', service.slug],
      ['Title', service.title],
      ['Audience', service.audience],
      ['Tokens', service.format === 'jwt' ? 'signed (JWT)' : `opaque, start with ${service.prefix}_`],
      ['Kinds', policy.kinds.join(', ')],
      [
        'Expiry',
        `${policy.expiry.required ? 'required' : 'optional'}, default ${policy.expiry.default ?? (policy.expiry.required || policy.expiry.max !== null ? 'none' : 'never')}, at most ${policy.expiry.max ?? 'unlimited'}, offered ${policy.expiry.choices.join(' ') || 'none'}`,
      ],
      ['Allowed IPs', policy.allowed_ips ? 'keys may be bound to addresses' : 'not used'],
      ['Rotation', policy.rotation === null ? 'not asked for' : `private keys after ${policy.rotation}`],
      ['Renamable', policy.renamable ? 'yes' : 'no'],
      ['Managed by', `${policy.managed_by}s and above`],
    ]),
  ];
  if (catalog.permissions.length > 0) {
    sections.push(
      formatTable(
        ['PERMISSION', 'PUBLIC', 'TITLE', 'WHAT IT ALLOWS'],
        catalog.permissions.map(({ id, title, description, public_safe }) => [
          id,
          public_safe ? 'yes' : 'no',
          title,
          description,
        ]),
      ),
    );
  }
  if (catalog.roles.length > 0) {
    sections.push(
      formatTable(
        ['ROLE', 'FOR ACCOUNTS', 'TITLE', 'WHAT IT ALLOWS'],
        catalog.roles.map(({ id, title, description, scoped }) => [
          id,
          scoped ? 'yes' : 'no',
          title,
          description,
        ]),
      ),
    );
  }
  if (catalog.accounts.length > 0) {
    sections.push(
      formatTable(
        ['ACCOUNT', 'TITLE'],
        catalog.accounts.map(({ id, title }) => [id, title]),
      ),
    );
  }
  print(io, options, { ...summary(service), catalog, policy }, sections.join('\n\n'));
}

/** `none` takes a rule away. Told apart here and not while parsing: commander takes a parser's null for an empty text. */
function orNull(value: string | undefined): string | null | undefined {
  return value === 'none' ? null : value;
}
