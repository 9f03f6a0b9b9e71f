import { type Command, InvalidArgumentError, Option } from 'commander';
import { compromisedKeys } from '../keys/credential-now.ts';
import { type Key, KINDS, type Kind, STATUSES, type Status } from '../keys/key.ts';
import { type KeyCriteria, resolveCriteria } from '../keys/key-criteria.ts';
import { DEFAULT_SORT, type KeySort, parseSort, SORT_FIELDS } from '../keys/key-query.ts';
import { walkKeys } from '../keys/walk-pages.ts';
import { type CommonOptions, collect, collectKind, newCommand, withSession, yesNo } from './command.ts';
import type { Io } from './io.ts';
import { KEY_COLUMNS, keyCells, keyJson } from './key-output.ts';
import { formatTable } from './table.ts';

/** Which keys: what `key list` and `export inventory` have in common. */
export interface FilterOptions {
  readonly service?: string;
  readonly status?: Status[];
  readonly kind?: Kind[];
  readonly permission?: string[];
  readonly role?: string[];
  readonly createdBy?: string[];
  readonly expiresWithin?: string;
  readonly neverExpires?: true;
  readonly boundToIps?: boolean;
  readonly admitsIp?: string;
  readonly unsaved?: true;
  readonly overdue?: true;
  readonly exposed?: true;
  readonly search?: string;
}

export function addFilters(command: Command): Command {
  return command
    .option('--service <service>', 'keys of one service')
    .addOption(
      new Option('--status <status>', `${STATUSES.join(', ')}; repeat for several`).argParser(collectStatus),
    )
    .addOption(new Option('--kind <kind>', `${KINDS.join(', ')}; repeat for several`).argParser(collectKind))
    .option('--permission <id>', 'keys that hold it; repeat for keys that hold any of several', collect)
    .option('--role <id>', 'keys that have the role; repeat for any of several', collect)
    .option('--created-by <operator>', 'repeat for several', collect)
    .addOption(
      new Option('--expires-within <duration>', 'that expire from now on within 30d, P6M …').conflicts(
        'neverExpires',
      ),
    )
    .option('--never-expires', 'without expiry')
    .option('--bound-to-ips <yes|no>', 'whether allowed IPs are set', yesNo)
    .option('--admits-ip <address>', 'that could be used from an address')
    .option('--unsaved', 'whose secret nobody confirmed as saved')
    .option('--overdue', 'active private keys whose rotation is due')
    .option('--exposed', 'public keys with permissions that are not public-safe')
    .option(
      '--search <text>',
      'words in name, description, owner, key ID, allowed IPs or the last four of the secret',
    );
}

interface ListOptions extends CommonOptions, FilterOptions {
  readonly sort?: KeySort;
  readonly limit?: number;
}

export function keyListCommand(io: Io): Command {
  return addFilters(newCommand('list', 'List keys.'))
    .addOption(
      new Option('--sort <field[:desc]>', `${SORT_FIELDS.join(', ')} (default: created:desc)`).argParser(
        parseSort,
      ),
    )
    .option('--limit <n>', 'at most so many (default: all)', positive)
    .action((options: ListOptions) =>
      withSession(io, options, ({ store }) => {
        const now = io.clock();
        const filter = resolveCriteria(store, toCriteria(options), now);
        const pages = walkKeys(store, filter, options.sort ?? DEFAULT_SORT, now, {
          ...(options.limit !== undefined && { limit: options.limit }),
        });
        const isCompromised = compromisedKeys(store);
        if (options.json) printJson(io, pages, isCompromised);
        else printTable(io, pages, isCompromised);
      }),
    );
}

export function toCriteria(options: FilterOptions): KeyCriteria {
  const { service, createdBy, unsaved, overdue, exposed } = options;
  return {
    service,
    statuses: options.status,
    kinds: options.kind,
    permissions: options.permission,
    roles: options.role,
    createdBy,
    expires: options.neverExpires ? 'never' : options.expiresWithin,
    hasIps: options.boundToIps,
    admits: options.admitsIp,
    unsaved,
    overdue,
    exposed,
    text: options.search,
  };
}

/** One JSON array, written as it is read: a million keys need no more memory than a page. */
function printJson(io: Io, pages: Iterable<readonly Key[]>, isCompromised: (key: Key) => boolean): void {
  const now = io.clock();
  let separator = '[';
  for (const keys of pages) {
    for (const key of keys) {
      io.out(`${separator}${JSON.stringify({ ...keyJson(key, now), compromised: isCompromised(key) })}`);
      separator = ',';
    }
  }
  io.out(separator === '[' ? '[]\n' : ']\n');
}

function printTable(io: Io, pages: Iterable<readonly Key[]>, isCompromised: (key: Key) => boolean): void {
  const now = io.clock();
  for (const keys of pages) {
    if (keys.length > 0)
      io.out(
        `${formatTable(
          KEY_COLUMNS,
          keys.map(key => keyCells(key, now, isCompromised(key))),
        )}\n`,
      );
    else io.err('No keys match.\n');
  }
}

function collectStatus(value: string, previous: Status[] | undefined): Status[] {
  const status = STATUSES.find(candidate => candidate === value);
  if (!status) throw new InvalidArgumentError(`Allowed are ${STATUSES.join(', ')}.`);
  return collect(status, previous) as Status[];
}

export function positive(value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('Allowed are whole numbers from 1 on.');
}
