import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  INVENTORY_FORMATS,
  type InventoryFormat,
  type InventoryRow,
  writeInventory,
} from '../exchange/inventory.ts';
import type { Key } from '../keys/key.ts';
import { KEY_FIELDS, type KeyField } from '../keys/key-json.ts';
import { parseSort } from '../keys/key-query.ts';
import type { Store } from '../keys/ports.ts';
import { writeDurably } from '../store/durable-file.ts';
import { type CommonOptions, newCommand, newGroup, nonEmpty, print, withSession } from './command.ts';
import type { Io } from './io.ts';
import { addFilters, type FilterOptions, listPages } from './key-list-command.ts';

export function exportCommand(io: Io): Command {
  return newGroup('export', 'Write what leaves the machine.', [inventory(io)]);
}

interface InventoryOptions extends CommonOptions, FilterOptions {
  readonly format?: InventoryFormat;
  readonly out?: string;
  readonly force?: true;
  readonly columns?: KeyField[];
  readonly bom?: true;
  readonly removed?: true;
}

function inventory(io: Io): Command {
  return addFilters(newCommand('inventory', 'Write the list of keys, without any secret.'))
    .addOption(
      new Option('--format <format>', 'csv (default), json (default with --json) or ndjson').choices(
        INVENTORY_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file (mode 0600) instead of standard output', nonEmpty)
    .option('--force', 'replace the file if it exists')
    .option('--columns <list>', `only these, separated by commas, of: ${KEY_FIELDS.join(',')}`, parseColumns)
    .option('--removed', 'list removed keys as well, after the others')
    .option('--bom', 'start a CSV with a byte order mark, as some spreadsheets want it')
    .action((options: InventoryOptions) =>
      withSession(io, options, ({ store }) =>
        store.snapshot(() => {
          const listed = listPages(store, options, parseSort('created'), io.clock());
          const rows = inventoryRows(store, options, listed);
          const counted = count(rows);
          const { columns = KEY_FIELDS, bom = false, out, force = false } = options;
          const format = options.format ?? (options.json && out === undefined ? 'json' : 'csv');
          const chunks = writeInventory(counted.pages, { format, columns, bom, now: io.clock() });
          if (out === undefined) {
            for (const chunk of chunks) io.out(chunk);
            return;
          }
          const path = resolve(out);
          writeDurably(path, chunks, { replace: force });
          print(
            io,
            options,
            { out: path, format, rows: counted.rows() },
            `Wrote ${counted.rows()} keys to ${path}.`,
          );
        }),
      ),
    );
}

/** Removed keys read at a time. */
const PAGE = 1000;

function* inventoryRows(
  store: Store,
  options: InventoryOptions,
  listed: Iterable<readonly Key[]>,
): Generator<readonly InventoryRow[]> {
  for (const keys of listed) yield keys.map(key => ({ key, removed: false }));
  if (!options.removed) return;
  for (
    let page = store.tombstones(null, PAGE);
    page.length > 0;
    page = store.tombstones(page.at(-1)?.ref ?? null, PAGE)
  ) {
    yield page
      .filter(({ service }) => options.service === undefined || service === options.service)
      .map(({ key }) => ({ key, removed: true }));
  }
}

/** Counts the rows of pages as they pass. */
function count<T>(pages: Iterable<readonly T[]>): { pages: Iterable<readonly T[]>; rows: () => number } {
  let rows = 0;
  function* counting() {
    for (const page of pages) {
      rows += page.length;
      yield page;
    }
  }
  return { pages: counting(), rows: () => rows };
}

function parseColumns(value: string): KeyField[] {
  const names = value.split(',').map(name => name.trim());
  const wrong = names.find(name => !(KEY_FIELDS as readonly string[]).includes(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`There is no column "${wrong}". Allowed are ${KEY_FIELDS.join(', ')}.`);
  return KEY_FIELDS.filter(field => names.includes(field));
}
