import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Key, STATUSES, type Status } from '../keys/key.ts';
import { DEFAULT_SORT, type KeyCursor, type KeyFilter, type KeySort, parseSort } from '../keys/key-query.ts';
import { requireService } from '../keys/look-up.ts';
import type { Store } from '../keys/ports.ts';
import { type CommonOptions, collect, newCommand, withSession } from './command.ts';
import type { Io } from './io.ts';
import { KEY_COLUMNS, keyCells, keyJson } from './key-output.ts';
import { formatTable } from './table.ts';

/** Which keys: what `key list` and `export inventory` have in common. */
export interface FilterOptions {
  readonly service?: string;
  readonly status?: Status[];
  readonly search?: string;
}

export function addFilters(command: Command): Command {
  return command
    .option('--service <service>')
    .addOption(
      new Option('--status <status>', `${STATUSES.join(', ')}; repeat for several`).argParser(collectStatus),
    )
    .option('--search <text>', 'words in name, description, owner, key ID or the last four of the secret');
}

interface ListOptions extends CommonOptions, FilterOptions {
  readonly sort?: KeySort;
  readonly limit?: number;
}

/** Keys read and printed at a time. */
const PAGE = 1000;

export function keyListCommand(io: Io): Command {
  return addFilters(newCommand('list', 'List keys.'))
    .addOption(
      new Option('--sort <field[:desc]>', 'created, name or expires (default: created:desc)').argParser(
        parseSort,
      ),
    )
    .option('--limit <n>', 'at most so many (default: all)', positive)
    .action((options: ListOptions) =>
      withSession(io, options, ({ store }) => {
        const pages = listPages(store, options, options.sort ?? DEFAULT_SORT, io.clock(), options.limit);
        if (options.json) printJson(io, pages);
        else printTable(io, pages);
      }),
    );
}

/** Pages of the keys that match, up to `limit` keys in all. @throws SERVICE_NOT_FOUND at once */
export function listPages(
  store: Store,
  { service, status, search }: FilterOptions,
  sort: KeySort,
  now: number,
  limit = Number.POSITIVE_INFINITY,
): Generator<readonly Key[]> {
  const serviceRef = service === undefined ? undefined : requireService(store, service).ref;
  const filter = {
    ...(serviceRef !== undefined && { serviceRef }),
    ...(status && { statuses: status }),
    ...(search !== undefined && { text: search }),
  };
  return walk(store, filter, sort, now, limit);
}

function* walk(
  store: Store,
  filter: KeyFilter,
  sort: KeySort,
  now: number,
  limit: number,
): Generator<readonly Key[]> {
  let after: KeyCursor | null | undefined;
  for (let rest = limit; rest > 0 && after !== null; ) {
    const page = store.keys({ ...filter, sort, limit: Math.min(rest, PAGE), ...(after && { after }) }, now);
    yield page.keys;
    rest -= page.keys.length;
    after = page.next;
  }
}

/** One JSON array, written as it is read: a million keys need no more memory than a page. */
function printJson(io: Io, pages: Iterable<readonly Key[]>): void {
  const now = io.clock();
  let separator = '[';
  for (const keys of pages) {
    for (const key of keys) {
      io.out(`${separator}${JSON.stringify(keyJson(key, now))}`);
      separator = ',';
    }
  }
  io.out(separator === '[' ? '[]\n' : ']\n');
}

function printTable(io: Io, pages: Iterable<readonly Key[]>): void {
  const now = io.clock();
  for (const keys of pages) {
    if (keys.length > 0)
      io.out(
        `${formatTable(
          KEY_COLUMNS,
          keys.map(key => keyCells(key, now)),
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
