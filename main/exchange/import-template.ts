import { stringify } from 'csv-stringify/sync';
import { defaultKind } from '../keys/draft-key.ts';
import { IMPORT_COLUMNS, type ImportColumn } from '../keys/key-import.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { rolesText } from '../keys/roles.ts';
import { isPublicSafe } from '../keys/service.ts';

/** Permissions of the example: enough to show how several are separated. */
const SHOWN = 2;

/**
 * A file of keys to fill in: the header, and one row that the service would take as it is; RFC 4180, CRLF.
 *
 * @throws SERVICE_NOT_FOUND, TAMPERED
 */
export function importTemplate(reader: Reader, slug: string): string {
  const service = requireService(reader, slug);
  const { expiry, allowed_ips } = service.policy;
  const kind = defaultKind(service);
  const grants = reader
    .catalog(service.ref)
    .filter(row => !row.removed && !row.tampered && (kind === 'private' || isPublicSafe(row)));
  const permissions = grants.filter(({ type }) => type === 'permission').slice(0, SHOWN);
  const role = kind === 'private' && grants.find(({ type }) => type === 'role');
  const row: Readonly<Record<ImportColumn, string>> = {
    name: 'example-key',
    description: 'What it is for',
    owner: 'Who holds it',
    kind,
    permissions: permissions.map(({ id }) => id).join(' '),
    roles: role ? rolesText([{ role: role.id, accounts: role.scoped ? '*' : null }]) : '',
    allowed_ips: allowed_ips ? '192.0.2.7 198.51.100.0/24' : '',
    expires: expiry.default ?? expiry.choices[0] ?? expiry.max ?? '',
  };
  return stringify([[...IMPORT_COLUMNS], IMPORT_COLUMNS.map(column => row[column])], {
    record_delimiter: '\r\n',
  });
}
