import type { Seconds } from '../keys/ids.ts';
import type { Key } from '../keys/key.ts';
import { type InventoryFormat, type KeyField, type KeyRecord, toKeyRecord } from '../keys/key-json.ts';
import { writeCsv } from './inventory-csv.ts';
import type { InventoryHalf } from './jobs.ts';

/** A key of the list, or one that was removed and is listed only on demand. */
export interface InventoryRow {
  readonly key: Key;
  readonly removed: boolean;
}

export interface InventoryOptions {
  readonly format: InventoryFormat;
  readonly columns: readonly KeyField[];
  /** Start a CSV with a byte order mark. */
  readonly bom: boolean;
  /** `last`: rows that are put after others, so that a CSV has no header row. */
  readonly half?: InventoryHalf;
  /** The moment whose status is shown; seconds since the epoch. */
  readonly now: Seconds;
}

/**
 * Writes keys as an inventory: what keys exist, without any secret.
 *
 * CSV (RFC 4180): CRLF, header row, times in RFC 3339 UTC, lists separated by one space, cells quoted only where they
 * must be. A cell that a spreadsheet could take for a formula, or that starts with the guard itself, gets a leading
 * `'`: a reader strips exactly one. JSON: one array. NDJSON: one object a line. Times are seconds there.
 *
 * @returns text, a page at a time
 */
export function* writeInventory(
  pages: Iterable<readonly InventoryRow[]>,
  options: InventoryOptions,
): Generator<string> {
  switch (options.format) {
    case 'csv':
      yield* writeCsv(pages, options);
      return;
    case 'json':
      yield* writeJson(pages, options);
      return;
    case 'ndjson':
      for (const rows of pages) yield rows.map(row => `${jsonOf(row, options)}\n`).join('');
  }
}

function* writeJson(pages: Iterable<readonly InventoryRow[]>, options: InventoryOptions): Generator<string> {
  let separator = '[';
  for (const rows of pages) {
    if (rows.length === 0) continue;
    yield separator + rows.map(row => jsonOf(row, options)).join(',');
    separator = ',';
  }
  yield separator === '[' ? '[]\n' : ']\n';
}

function jsonOf(row: InventoryRow, { columns, now }: InventoryOptions): string {
  const record = recordOf(row, now);
  return JSON.stringify(Object.fromEntries(columns.map(column => [column, record[column]])));
}

function recordOf({ key, removed }: InventoryRow, now: Seconds): KeyRecord {
  const record = toKeyRecord(key, now);
  return removed && !key.tampered ? { ...record, status: 'removed' } : record;
}
