import { type Connection, readColumns } from './connection.ts';
import { EXPIRY_DAY_SQL } from './expiry-days.ts';
import { deriveColumns, heldEntries, networksOf } from './key-rows.ts';
import { valuesToKey } from './key-values.ts';
import type { Row, SqlValue } from './seals.ts';
import { rowToCatalogRow, rowToService } from './service-rows.ts';
import { SEALED_TABLES } from './tables.ts';
import type { Finding } from './verify-store.ts';

/**
 * A mask may be larger than a number holds exactly. As text it is compared as a whole, and the other numbers need not
 * be read as big ones, which takes several times as long.
 */
const MASKS: readonly string[] = ['grants_0', 'grants_1'];
const KEY_COLUMNS = [...SEALED_TABLES.key.sealed, ...Object.keys(SEALED_TABLES.key.exempt), 'audit_seq'].map(
  column => (MASKS.includes(column) ? `CAST(${column} AS TEXT) AS ${column}` : column),
);

const KEY_VALUES = readColumns('key');

function asRead(value: SqlValue | undefined): SqlValue | undefined {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Every key's derived columns and grants, from its sealed columns. */
export function* verifyKeys(connection: Connection, onRow: () => void): Generator<Finding> {
  const { db } = connection;
  const services = new Map(connection.select('service', '').map(row => [row.ref, rowToService(row)]));
  const catalogs = new Map(
    [...services.keys()].map(ref => [
      ref,
      connection.select('catalog', 'WHERE t.service_ref = ?', ref as number).map(rowToCatalogRow),
    ]),
  );
  const grant = db.prepare<SqlValue[], Row>('SELECT 1 FROM key_grant WHERE catalog_ref = ? AND key_ref = ?');
  const rows = db.prepare<[], Row>(`SELECT ${KEY_COLUMNS.join(', ')} FROM key ORDER BY ref`).iterate();
  const network = db.prepare<SqlValue[], Row>(
    'SELECT 1 FROM key_ip WHERE family = ? AND prefix_length = ? AND network = ? AND key_ref = ?',
  );
  const totals = { key_grant: 0, key_ip: 0 };
  for (const row of rows) {
    onRow();
    const service = services.get(row.service_ref as number);
    if (!service) {
      yield {
        kind: 'missing',
        subject: `key ${row.id}`,
        message: `The key ${row.id} belongs to a service that is not there.`,
      };
      continue;
    }
    const catalog = catalogs.get(row.service_ref as number) ?? [];
    const key = valuesToKey(
      KEY_VALUES.map(column => row[column] ?? null),
      false,
      service,
    );
    const derived = deriveColumns(key, catalog);
    const wrong = Object.keys(derived).filter(column => asRead(derived[column]) !== row[column]);
    const held = heldEntries(key, catalog);
    const networks = networksOf(key);
    totals.key_grant += held.length;
    totals.key_ip += networks.length;
    if (!held.every(entry => grant.get(entry.ref, key.ref))) wrong.push('key_grant');
    if (!networks.every(each => network.get(...each, key.ref))) wrong.push('key_ip');
    if (wrong.length > 0)
      yield {
        kind: 'derived',
        subject: `key ${key.id}`,
        message: `What lists show of the key ${key.id} does not follow from what is sealed: ${wrong.join(', ')}.`,
      };
  }
  for (const [table, total] of Object.entries(totals)) {
    const stored = db.prepare<[], Row>(`SELECT count(*) AS n FROM ${table}`).get()?.n;
    if (stored === total) continue;
    yield {
      kind: 'derived',
      subject: table,
      message: `The list ${table} has ${stored} entries and should have ${total}.`,
    };
  }
}

export function* verifyCounters({ db }: Connection): Generator<Finding> {
  const computed = `
    SELECT service_ref, 'status' AS field, status AS value, count(*) AS keys FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'kind', kind, count(*) FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'has_ip', CAST(has_ip AS TEXT), count(*) FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'created_by', created_by, count(*) FROM key GROUP BY 1, 3
    UNION ALL SELECT service_ref, 'unsaved', '1', count(*) FROM key WHERE unsaved = 1 GROUP BY 1
    UNION ALL SELECT service_ref, 'expires', status || ' ' || ${EXPIRY_DAY_SQL}, count(*) FROM key WHERE status <> 'revoked' GROUP BY 1, 3
    UNION ALL SELECT c.service_ref, 'grant', CAST(catalog_ref AS TEXT), count(*) FROM key_grant JOIN catalog c ON c.ref = catalog_ref GROUP BY 1, 3`;
  const stored = 'SELECT service_ref, field, value, keys FROM counter WHERE keys <> 0';
  const rows = db.prepare<[], Row>(
    `SELECT * FROM (${computed} EXCEPT ${stored}) UNION SELECT * FROM (${stored} EXCEPT SELECT * FROM (${computed}))`,
  );
  for (const { field, value } of rows.iterate()) {
    yield {
      kind: 'derived',
      subject: `counter ${field} ${value}`,
      message: `The counter of ${field} ${value} does not agree with the keys.`,
    };
  }
}
