import { type Command, InvalidArgumentError, Option } from 'commander';
import { createBackground } from '../exchange/background.ts';
import { exportInventory } from '../exchange/export-inventory.ts';
import { writeInventory } from '../exchange/inventory.ts';
import { inventoryRows } from '../exchange/inventory-rows.ts';
import type { InventoryKeys } from '../exchange/jobs.ts';
import { INVENTORY_FORMATS, type InventoryFormat, KEY_FIELDS, type KeyField } from '../keys/key-json.ts';
import { parseSort } from '../keys/key-query.ts';
import { type CommonOptions, newCommand, newGroup, nonEmpty, print, withSession } from './command.ts';
import { exportBundleCommand, listBundlesCommand } from './export-bundle-command.ts';
import type { Io } from './io.ts';
import { addFilters, type FilterOptions, toCriteria } from './key-list-command.ts';

export function exportCommand(io: Io): Command {
  return newGroup('export', 'Write what leaves the machine.', [
    inventory(io),
    exportBundleCommand(io),
    listBundlesCommand(io),
  ]);
}

interface InventoryOptions extends CommonOptions, FilterOptions {
  readonly format?: InventoryFormat;
  readonly out?: string;
  readonly force?: true;
  readonly columns?: KeyField[];
  readonly bom?: true;
  readonly removed?: true;
  readonly sign?: true;
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
    .option('--sign', 'put a signature of the trust key beside the file, in <file>.jws')
    .option('--columns <list>', `only these, separated by commas, of: ${KEY_FIELDS.join(',')}`, parseColumns)
    .option('--removed', 'list removed keys as well, after the others')
    .option('--bom', 'start a CSV with a byte order mark, as some spreadsheets want it')
    .action((options: InventoryOptions, command: Command) => {
      if (options.sign && options.out === undefined)
        command.error('error: --sign needs --out: the signature goes beside the file.');
      return withSession(io, options, async session => {
        const {
          columns = KEY_FIELDS,
          bom = false,
          removed = false,
          out,
          sign = false,
          force = false,
        } = options;
        const format = options.format ?? (options.json && out === undefined ? 'json' : 'csv');
        const criteria = toCriteria(options);
        const keys: InventoryKeys = { kind: 'matching', criteria, sort: parseSort('created') };
        if (out === undefined) {
          const now = io.clock();
          session.store.snapshot(reader => {
            const { pages } = inventoryRows(reader, keys, { removed, now });
            for (const chunk of writeInventory(pages, { format, columns, bom, now })) io.out(chunk);
          });
          return;
        }
        const run = createBackground(io.worker, session.readAccess);
        const request = { keys, removed, format, columns, bom, out, sign, replace: force };
        const done = await io.interruptible(signal => exportInventory(session, run, request, { signal }));
        print(
          io,
          options,
          { out: done.out, format, rows: done.rows, signature: done.signature },
          `Wrote ${done.rows} keys to ${done.out}${done.signature === null ? '' : `, and its signature to ${done.signature}`}.`,
        );
      });
    });
}

function parseColumns(value: string): KeyField[] {
  const names = value.split(',').map(name => name.trim());
  const wrong = names.find(name => !(KEY_FIELDS as readonly string[]).includes(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`There is no column "${wrong}". Allowed are ${KEY_FIELDS.join(', ')}.`);
  return KEY_FIELDS.filter(field => names.includes(field));
}
