import type { Seconds } from '../keys/ids.ts';
import { statusAt } from '../keys/key.ts';
import type { KeyField } from '../keys/key-json.ts';
import { rolesText } from '../keys/roles.ts';
import { guard } from './csv-guard.ts';
import { csvCell, csvLine } from './csv-line.ts';
import { timeWriter } from './csv-times.ts';
import type { InventoryOptions, InventoryRow } from './inventory.ts';

/** Makes a cell of a row. Straight from the key: a record of a million keys each would take as long as their cells. */
type WriteCell = (row: InventoryRow) => string;

/** The lines of an inventory, some rows at a time. */
export function* writeCsv(
  pages: Iterable<readonly InventoryRow[]>,
  { columns, bom, now, half }: Omit<InventoryOptions, 'format'>,
): Generator<string> {
  if (half !== 'last') yield (bom ? '\uFEFF' : '') + csvLine(columns);
  const writers = cellWriters(now);
  const asked = columns.map(column => writers[column]);
  for (const rows of pages) {
    if (rows.length === 0) continue;
    let lines = '';
    for (const row of rows) lines += `${asked.map(write => write(row)).join(',')}\r\n`;
    yield lines;
  }
}

function cellWriters(now: Seconds): Readonly<Record<KeyField, WriteCell>> {
  const timeOf = timeWriter();
  const time = (at: Seconds | null) => (typeof at === 'number' ? timeOf(at) : cellOf(at));
  return {
    id: ({ key }) => cellOf(key.id),
    name: ({ key }) => cellOf(key.name),
    description: ({ key }) => cellOf(key.description),
    owner: ({ key }) => cellOf(key.owner),
    service: ({ key }) => cellOf(key.service),
    kind: ({ key }) => cellOf(key.kind),
    format: ({ key }) => cellOf(key.format),
    status: row => cellOf(statusOf(row, now)),
    permissions: ({ key }) => listOf(key.permissions),
    roles: ({ key }) => (key.roles.length === 0 ? '' : cellOf(rolesText(key.roles))),
    allowed_ips: ({ key }) => listOf(key.allowedIps),
    created_at: ({ key }) => time(key.createdAt),
    created_by: ({ key }) => cellOf(key.createdBy),
    expires_at: ({ key }) => time(key.expiresAt),
    rotated_at: ({ key }) => time(key.rotatedAt),
    revoked_at: ({ key }) => time(key.revokedAt),
    revoke_reason: ({ key }) => cellOf(key.revokeReason),
    hint: ({ key }) => cellOf(key.hint),
  };
}

/** SECURITY: what was changed outside Keysmith is never passed on as valid, nor as what it was when it was removed. */
function statusOf({ key, removed }: InventoryRow, now: Seconds): string {
  if (key.tampered) return 'tampered';
  return removed ? 'removed' : statusAt(key, now);
}

function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? '' : cellOf(texts.join(' '));
}

/** What was edited by hand may be of any type. */
function cellOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '' : csvCell(guard(value));
  if (value === null) return '';
  return csvCell(guard(Array.isArray(value) ? value.join(' ') : String(value)));
}
