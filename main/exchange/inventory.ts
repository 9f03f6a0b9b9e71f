import type { Json } from '../keys/audit.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Key } from '../keys/key.ts';
import { type InventoryFormat, type KeyField, type KeyRecord, toKeyRecord } from '../keys/key-json.ts';
import { rolesText } from '../keys/roles.ts';
import { csvLine } from './csv-line.ts';
import { timeWriter } from './csv-times.ts';
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

const CSV_TIMES: ReadonlySet<KeyField> = new Set(['created_at', 'expires_at', 'rotated_at', 'revoked_at']);

function* writeCsv(
  pages: Iterable<readonly InventoryRow[]>,
  { columns, bom, now, half }: InventoryOptions,
): Generator<string> {
  if (half !== 'last') yield (bom ? '\uFEFF' : '') + csvLine(columns);
  const timeOf = timeWriter();
  const writers = columns.map(column => cellWriter(column, timeOf));
  for (const rows of pages) {
    if (rows.length === 0) continue;
    let lines = '';
    for (const row of rows) {
      const record = recordOf(row, now);
      lines += csvLine(writers.map(write => write(record, row)));
    }
    yield lines;
  }
}

/** What makes the cells of a column: asked once, for however many rows. */
function cellWriter(
  column: KeyField,
  timeOf: (at: Seconds) => string,
): (record: KeyRecord, row: InventoryRow) => string {
  if (column === 'roles') return (_, { key }) => guard(rolesText(key.roles));
  const isTime = CSV_TIMES.has(column);
  return record => {
    const value = record[column];
    return isTime && typeof value === 'number' ? timeOf(value) : guard(plainCell(value));
  };
}

function plainCell(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

const GUARDED: ReadonlySet<number> = new Set(Array.from("=+-@\t\r'", character => character.charCodeAt(0)));

/** SECURITY: a spreadsheet runs what looks like a formula; names and descriptions come from people. */
export function guard(text: string): string {
  return GUARDED.has(text.charCodeAt(0)) ? `'${text}` : text;
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
